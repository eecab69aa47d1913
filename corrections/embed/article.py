"""What the widget needs to know of the article in a page: its revision, where its parts stand, its corrections."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F

from corrections.anchoring.relocation import relocate
from newsroom.audit.head import current_head
from newsroom.diffs.words import word_diff
from newsroom.extraction.furniture import DROPPED
from newsroom.http.links import absolute
from newsroom.models import Article, Revision, Source, SourceArticle
from newsroom.publishing.policy import NOTICE_KINDS
from newsroom.sources.addresses import find_article
from newsroom.text.html_layout import SKIPPED_NAMES

MAX_NOTICES = 5
# As newsroom.extraction takes them out: players with what they say where they fail, and what a style attribute hides.
PLAYERS = "img, picture, video, audio, iframe"
STYLES = ("display:none", "display: none", "visibility:hidden", "visibility: hidden")
HIDDEN = ", ".join(f"[style*='{style}' i]" for style in STYLES)
UNREAD = f"{DROPPED}, {PLAYERS}, {', '.join(SKIPPED_NAMES.split())}, {HIDDEN}"


@dataclass(frozen=True, slots=True)
class ArticleNotice:
    """A public note; start and end are code points of the body where its words stand now, None where nobody knows."""

    start: int | None
    end: int | None
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class EmbeddedArticle:
    """`text_digest` is of the body's canonical text; `selectors["drop"]` names all that is no part of it."""

    slug: str
    revision: int
    text_digest: str
    language: str
    selectors: dict[str, str]
    notices: tuple[ArticleNotice, ...]


class NoSnapshot(LookupError):
    """Nobody has looked at this page yet, or its words are withheld or taken back."""


def find_embedded(source: Source, *, url: str, external_id: str = "") -> EmbeddedArticle:
    """The article that a page of the Source holds. Raises NoSnapshot."""
    placed = find_article(source, url=url, external_id=external_id)
    current = current_of(placed)
    return EmbeddedArticle(
        slug=current.article.slug,
        revision=current.number,
        text_digest=text_digest(current.require_content().text),
        language=current.article.language,
        selectors={
            "root": source.root,
            "headline": source.headline,
            "standfirst": source.standfirst,
            "byline": source.byline,
            "drop": f"{UNREAD}, {source.drop}" if source.drop else UNREAD,
        },
        notices=_notices(current.pk, source.is_public, current_head().name),
    )


def current_of(placed: SourceArticle | None) -> Revision:
    """The revision that readers may speak about, with its text and article. Raises NoSnapshot."""
    if placed is None or placed.article.state == Article.State.RETRACTED:
        raise NoSnapshot
    current = Revision.objects.filter(article=placed.article_id, article__current=F("pk"))
    found = current.select_related("stored_text", "article").first()  # also where the Source's record is its own
    if found is None or found.content is None:
        raise NoSnapshot
    return found


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=512)
def _notices(current: int, is_public: bool, _head: str) -> tuple[ArticleNotice, ...]:
    """Newest first. Kept while the record's head is unchanged: each takes a diff of two texts."""
    now = Revision.objects.select_related("stored_text", "article").get(pk=current)
    told = now.article.revisions.filter(kind__in=NOTICE_KINDS, number__lte=now.number).order_by("-number")
    with_texts = told.select_related("stored_text", "based_on__stored_text")[:MAX_NOTICES]
    return tuple(_notice(revision, now, is_public=is_public) for revision in with_texts)


def _notice(revision: Revision, now: Revision, *, is_public: bool) -> ArticleNotice:
    start, end = _spot(revision, now)
    slug = now.article.slug
    url = absolute("diff", slug, revision.number - 1, revision.number) if is_public else ""
    return ArticleNotice(start=start, end=end, note=revision.note, url=url)


def _spot(revision: Revision, now: Revision) -> tuple[int | None, int | None]:
    """Where the first words that it changed stand now."""
    before, after = revision.based_on and revision.based_on.content, revision.content
    if not before or not after or not now.content:
        return None, None
    at = 0
    for piece in word_diff(before.text, after.text):
        if piece.op == "insert":
            found = relocate(after.text, now.content.text, at, at + len(piece.text))
            return found.start, found.end
        at += len(piece.text) if piece.op == "equal" else 0
    return None, None
