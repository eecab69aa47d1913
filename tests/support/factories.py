"""Plain functions that make what tests need, through the real writers."""

from itertools import count

from django.contrib.auth.models import Group

from corrections.anchoring.relocation import Quote
from corrections.models import Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import Sent
from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Revision
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
    """The next revision of an article: `put` stands where `find` stood in its body's HTML."""
    base = current_revision(article)
    wording = base.content.wording
    assert find in wording.body
    changed = make_wording(
        headline=wording.headline,
        standfirst=wording.standfirst,
        byline=wording.byline,
        body=wording.body.replace(find, put, 1),
    )
    approved_by = make_editor(group=STANDARDS_EDITOR)
    return publish_revision(
        article, base=base, by=by or make_editor(), kind=kind, wording=changed, note=note, approved_by=approved_by
    )


def current_revision(article: Article) -> Revision:
    return Revision.objects.current_of(article)


def make_quote(revision: Revision, exact: str, *, field: str = "body", nth: int = 0) -> Quote:
    """The quote that a browser makes of the nth occurrence of `exact`."""
    text = revision.content.canonical(field)
    start = -1
    for _turn in range(nth + 1):
        start = text.index(exact, start + 1)
    end = start + len(exact)
    return Quote(
        field=field,
        exact=exact,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        start=start,
        end=end,
        revision=revision.number,
    )


def make_suggestion(
    article: Article,
    exact: str | None = "recieve",
    replacement: str | None = "receive",
    *,
    field: str = "body",
    category: str = "typo",
    note: str = "",
    email: str = "",
    name: str = "",
    credit: str = "",
    key: str = "",
) -> Suggestion:
    """A reader's suggestion about the article's current revision, received and not yet triaged.

    `credit` is the name of a reader who wants to be thanked, `name` of one who does not say.
    """
    revision = current_revision(article)
    quote = None if exact is None else make_quote(revision, exact, field=field)
    sent = Sent(
        quote=quote,
        replacement=replacement,
        category=category,
        note=note,
        email=email,
        name=credit or name,
        credit=bool(credit),
    )
    return submit_suggestion(revision, sent=sent, key=key)
