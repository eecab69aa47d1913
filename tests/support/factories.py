"""Factories of newsroom rows: editors, articles and revisions, made by the real writers."""

from itertools import count

from django.contrib.auth.models import Group

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, NotePattern, Revision
from newsroom.publishing.policy import binding_changes
from newsroom.publishing.publish import clean_wording, publish_revision
from newsroom.text.canonical import Wording

_numbers = count(1)
PASSWORD = "a long and quiet harbour"
BODY = (
    "<p>The council will recieve the report on Tuesday.</p>"
    "<p>It counts <strong>14</strong> bridges, of which three are closed.</p>"
)


def make_editor(*, group: str = COPY_EDITOR, username: str = "", public_name: str = "") -> Editor:
    """An editor of one of the four groups, with PASSWORD."""
    editor = Editor.objects.create_user(
        username or f"editor{next(_numbers)}", password=PASSWORD, is_staff=True, public_name=public_name
    )
    editor.groups.add(Group.objects.get(name=group))
    return editor


def make_wording(
    *, headline: str = "Report on the bridges is due", standfirst: str = "", byline: str = "", body: str = BODY
) -> Wording:
    return clean_wording(headline=headline, standfirst=standfirst, byline=byline, body=body)


def make_article(*, slug: str = "", language: str = "en", by: Editor | None = None, **parts: str) -> Article:
    """A published article with its first revision."""
    article = Article.objects.create(slug=slug or f"article-{next(_numbers)}", language=language, section="Local")
    publish_revision(article, base=None, by=by or make_editor(), kind=Kind.PUBLICATION, wording=make_wording(**parts))
    return article


def make_revision(
    article: Article, *, find: str, put: str, kind: Kind = Kind.UPDATE, note: str = "", by: Editor | None = None
) -> Revision:
    """The next revision of an article: `put` stands where `find` stood in its body's HTML.

    Without a note it gets one where the policy asks for it.
    """
    base = current_revision(article)
    wording = base.require_content().wording
    assert find in wording.body
    changed = make_wording(
        headline=wording.headline,
        standfirst=wording.standfirst,
        byline=wording.byline,
        body=wording.body.replace(find, put, 1),
    )
    approved_by = make_editor(group=STANDARDS_EDITOR)
    note = note or "It changed." * bool(binding_changes(article, base=base, kind=kind, wording=changed))
    return publish_revision(
        article, base=base, by=by or make_editor(), kind=kind, wording=changed, note=note, approved_by=approved_by
    )


def make_pattern(
    text: str = "We wrote {old}. It is {new}.", *, sentence: str = "number", language: str = "en"
) -> NotePattern:
    """A sentence of the house for public notes."""
    return NotePattern.objects.create(sentence=sentence, language=language, text=text)


def retract(article: Article, *, note: str = "We no longer stand by it.") -> Revision:
    base, chief = current_revision(article), make_editor(group=DESK_CHIEF)
    wording, second = base.require_content().wording, make_editor(group=STANDARDS_EDITOR)
    return publish_revision(
        article, base=base, by=chief, kind=Kind.RETRACTION, wording=wording, note=note, approved_by=second
    )


def current_revision(article: Article) -> Revision:
    return Revision.objects.current_of(article)
