"""A trial of a page: what would be taken from it, and what would keep readers from marking it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cssselect import SelectorError
from django.conf import settings
from lxml.cssselect import CSSSelector

from newsroom.extraction.encoding import WrongEncoding, decode
from newsroom.extraction.page import NoPage, Page, is_free_to_read, parse
from newsroom.extraction.root import guess_root, hint_of
from newsroom.models import Source, SourceArticle
from newsroom.sources.addresses import BadAddress, clean_url, is_within, origin_of
from newsroom.sources.fetching import FetchedPage, fetch_page, refuse_by_robots
from newsroom.sources.reading import NoSnapshot, canonical_of, found_in, wording_of
from newsroom.sources.selectors import selector_of
from newsroom.text.canonical import Wording, canonical_text

Trouble = SourceArticle.Trouble
SCRIPT_RULES, CONNECT_RULES = ("script-src-elem", "script-src", "default-src"), ("connect-src", "default-src")


@dataclass(frozen=True, slots=True)
class Trial:
    """`root` is the selector of the text's element, guessed if the Source has none; `drop` what is no part of it."""

    url: str
    name: str
    language: str
    wording: Wording
    root: str = ""
    drop: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return canonical_text(self.wording.body).split("\n\n")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a test found; `blocked` are the rules of a policy that keep our script out."""

    kind: str
    detail: str = ""


def first_trial(url: str) -> Trial:
    """What an unknown site's page holds, with the selector of its text. Raises NoSnapshot, BadAddress."""
    asked = clean_url(url)
    fetched = fetch_page(Source(origins=[origin_of(asked)]), asked)
    source = Source(origins=sorted({origin_of(asked), origin_of(clean_url(fetched.url))})) if fetched else Source()
    return try_page(source, asked, fetched)


def try_page(source: Source, url: str, fetched: FetchedPage | None = None) -> Trial:
    """What a Source's selectors take from a page. Raises NoSnapshot, BadAddress."""
    asked = clean_url(url)
    if not is_within(source, asked):
        raise NoSnapshot(Trouble.ELSEWHERE, asked)
    fetched = fetched or fetch_page(source, asked)
    page = _parsed(fetched)
    root, drop = source.root, source.drop
    if not root:
        found_in(source, page)  # that there is one
        guessed = guess_root(page.tree, hint_of(page.tree))
        root, drop = selector_of(guessed), drop or ("h1" if next(guessed.iter("h1"), None) is not None else "")
    names = page.tree.xpath("//meta[@property='og:site_name']/@content")
    found = found_in(Source(root=root, drop=drop, **_selectors(source)), page)
    return Trial(
        url=canonical_of(source, page, url=fetched.url if fetched else asked),
        name=str(names[0]).strip() if names else asked.split("/")[2],
        language=found.language or source.language,
        wording=wording_of(found),
        root=root,
        drop=drop,
    )


def examine_page(source: Source, url: str) -> Iterator[Finding]:
    """All that a look at a page and a reader's browser would stumble over, and what is right."""
    try:
        fetched = fetch_page(source, clean_url(url))
        trial = try_page(source, url, fetched)
    except BadAddress:
        yield Finding("no_address")
        return
    except NoSnapshot as problem:
        yield Finding(problem.trouble, problem.detail)
        return
    yield Finding("text", str(len(" ".join(trial.paragraphs).split())))
    if fetched and source.key.encode() not in fetched.raw:
        yield Finding("no_key")
    elif fetched:
        yield Finding("key")
    if fetched and (rules := list(blocked_by(policies_of(fetched)))):
        yield Finding("policy", ", ".join(rules))
    if fetched and not is_free_to_read(_parsed(fetched)):
        yield Finding(Trouble.PREVIEW)
    try:
        refuse_by_robots(trial.url)
    except NoSnapshot as problem:
        yield Finding(problem.trouble)


def policies_of(fetched: FetchedPage) -> list[str]:
    """Content-Security-Policies of the answer's headers and of its page."""
    tree = _parsed(fetched).tree
    metas = tree.xpath(
        "//meta[translate(@http-equiv, 'CONTESURIPLY', 'contesuriply')='content-security-policy']/@content"
    )
    return [each for each in (*fetched.policy.split(","), *map(str, metas)) if each.strip()]


def blocked_by(policies: list[str]) -> Iterator[str]:
    """The directives that have to name our origin for the widget to run."""
    for policy in policies:
        directives = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
        for rules in (SCRIPT_RULES, CONNECT_RULES):
            named = next((name for name in rules if name in directives), None)
            if named and not _allows(directives[named]):
                yield rules[-2]


def _allows(sources: list[str]) -> bool:
    ours = settings.SITE_URL.lower()
    scheme, _colon, host = ours.partition("://")
    listed = {each.lower().rstrip("/") for each in sources}
    wild = any(
        each.startswith("*.") and host.endswith(each[1:]) for each in (one.partition("://")[2] or one for one in listed)
    )
    return bool(listed & {"*", ours, host, f"{scheme}:"}) or wild


def _selectors(source: Source) -> dict[str, str]:
    return {name: getattr(source, name) for name in ("headline", "standfirst", "byline", "language")}


def _parsed(fetched: FetchedPage | None) -> Page:
    if fetched is None:
        raise NoSnapshot(Trouble.UNREACHABLE, "304")
    try:
        return parse(decode(fetched.raw, fetched.charset), address=fetched.url)
    except (WrongEncoding, NoPage) as problem:
        raise NoSnapshot(Trouble.NO_ARTICLE, str(problem)) from None


def bad_selectors(source: Source) -> list[str]:
    """Names of the fields that hold no CSS selector."""
    return [
        name for name in ("root", "headline", "standfirst", "byline", "drop") if not _is_selector(getattr(source, name))
    ]


def _is_selector(text: str) -> bool:
    try:
        CSSSelector(text or "p", translator="html")
    except SelectorError:
        return False
    return True
