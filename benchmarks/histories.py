"""Two articles with a short and a long history, published through the real functions."""

from django.contrib.auth.models import Group

from benchmarks.record import LONG, SHORT
from newsroom.models import Article, Editor, Kind
from newsroom.publishing.publish import clean_wording, publish_revision

PARAGRAPHS = 40


def main() -> None:
    editor = Editor.objects.create_user("historian", is_staff=True)
    editor.groups.set(Group.objects.all())
    for revisions in (SHORT, LONG):
        _write(Article.objects.create(slug=f"history-{revisions}"), revisions, by=editor)


def _write(article: Article, revisions: int, *, by: Editor) -> None:
    base = None
    for number in range(1, revisions + 1):
        # Each revision changes the paragraph after the one that the revision before it changed.
        body = "".join(_paragraph(place, 1 + (number - 1 - place) // PARAGRAPHS) for place in range(PARAGRAPHS))
        wording = clean_wording(headline="A long story", standfirst="", byline="", body=body)
        kind = Kind.UPDATE if base else Kind.PUBLICATION
        base = publish_revision(article, base=base, by=by, kind=kind, wording=wording, note="The story went on.")


def _paragraph(place: int, version: int) -> str:
    sentence = "The harbour office said on Tuesday that the boats had come home late, as they often do in autumn."
    return f"<p>Part {place}: {sentence} It was told {version} times. {sentence}</p>"
