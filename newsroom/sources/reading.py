"""From a page to what a snapshot holds: address, language and the four parts of the text."""

from dataclasses import dataclass

from cssselect import SelectorError

from newsroom.extraction.encoding import WrongEncoding, decode
from newsroom.extraction.extract import Extracted, Selectors, as_published, extract
from newsroom.extraction.page import NoPage, Page, is_free_to_read, parse
from newsroom.extraction.root import RootAmbiguous, RootNotFound
from newsroom.models import Source, SourceArticle
from newsroom.publishing.publish import EmptyText, clean_wording
from newsroom.sources.addresses import BadAddress, clean_url, is_within
from newsroom.text.canonical import Wording
from newsroom.text.forbidden_characters import ControlCharacters
from newsroom.text.sanitizer import TooLong

Trouble = SourceArticle.Trouble


class NoSnapshot(Exception):
    """A look made no snapshot; `trouble` says why, `detail` names the address or the number."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble, self.detail = trouble, detail


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a page found; `url` is its canonical address, `seen_at` the one that it was read under."""

    url: str
    seen_at: str
    language: str
    wording: Wording


def selectors_of(source: Source) -> Selectors:
    return Selectors(
        root=source.root,
        headline=source.headline,
        standfirst=source.standfirst,
        byline=source.byline,
        drop=source.drop,
    )


def read_page(source: Source, raw: bytes, *, url: str, charset: str = "") -> Look:
    """Read a fetched page. Raises NoSnapshot, BadAddress for the address that it was read under."""
    try:
        page = parse(decode(raw, charset), address=url)
    except (WrongEncoding, NoPage) as problem:
        raise NoSnapshot(Trouble.NO_ARTICLE, str(problem)) from None
    if not is_free_to_read(page):
        raise NoSnapshot(Trouble.PREVIEW)
    canonical = canonical_of(source, page, url=url)
    found = found_in(source, page)
    return Look(canonical, clean_url(url), found.language or source.language, wording_of(found))


def canonical_of(source: Source, page: Page, *, url: str) -> str:
    """The address that the page calls its own, within the Source. Raises NoSnapshot, BadAddress.

    A page that names the front page is one of a template gone wrong: its own address stands.
    """
    seen_at = clean_url(url)
    try:
        canonical = clean_url(page.address or url)
    except BadAddress:
        canonical = seen_at
    if canonical.count("/") == 3 and canonical.endswith("/") and seen_at != canonical:
        canonical = seen_at
    for address in (seen_at, canonical):
        if not is_within(source, address):
            raise NoSnapshot(Trouble.ELSEWHERE, address)
    return canonical


def found_in(source: Source, page: Page) -> Extracted:
    """The article in a page. Raises NoSnapshot."""
    try:
        return extract(page, selectors_of(source))
    except RootAmbiguous as ambiguous:
        raise NoSnapshot(Trouble.ROOT_AMBIGUOUS, str(ambiguous.count)) from None
    except (RootNotFound, SelectorError):
        raise NoSnapshot(Trouble.ROOT_NOT_FOUND if source.root else Trouble.NO_ARTICLE) from None


def wording_of(found: Extracted) -> Wording:
    """Cleaned as our own articles are. Raises NoSnapshot for a page without text, or with more than can be kept."""
    try:
        return clean_wording(
            headline=found.headline, standfirst=found.standfirst, byline=found.byline, body=as_published(found)
        )
    except (EmptyText, TooLong, ControlCharacters):
        raise NoSnapshot(Trouble.NO_ARTICLE) from None
