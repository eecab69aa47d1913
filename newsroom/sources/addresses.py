"""Addresses of a Source's articles: cleaned of what names a reader, and looked up with their aliases."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsroom.models import Source, SourceAddress, SourceArticle
from newsroom.models.sources import MAX_ADDRESS

# Parameters that say who follows a link, not what it leads to: of campaigns, mailings, social networks.
TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|at_\w+|(?:fb|g|tw|ttc|y|wbra)clid|dclid|gbraid|wbraid|msclkid|igshid|igsh|mc_[ce]id|_hs\w+|"
    r"mkt_tok|ref_?src|cmpid|cmp|ns_\w+|s_cid|spm|smid|_ga|_gl|__twitter_impression|share\w*|source_caller",
    re.IGNORECASE,
)
PORTS = {"http": 80, "https": 443}


class BadAddress(ValueError):
    """No address of a page on the Web."""


def clean_url(url: str) -> str:
    """Without fragment, credentials, default port and tracking parameters; scheme and host in small letters.

    Raises BadAddress.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = parts.port
    except (ValueError, UnicodeError):
        raise BadAddress(url) from None
    if parts.scheme not in PORTS or not host or any(each <= " " or each in "\\\x7f" for each in url.strip()):
        raise BadAddress(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if not TRACKING.fullmatch(name)]
    authority = _bracketed(host) if port in (None, PORTS[parts.scheme]) else f"{_bracketed(host)}:{port}"
    cleaned = urlunsplit((parts.scheme, authority, parts.path or "/", urlencode(query), ""))
    if len(cleaned) > MAX_ADDRESS:
        raise BadAddress(url)
    return cleaned


def origin_of(url: str) -> str:
    """Scheme, host and port of a cleaned address, as browsers write them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_within(source: Source, url: str) -> bool:
    """Whether a cleaned address lies on one of the Source's origins: scheme, host and port count."""
    return origin_of(url) in source.origins


def find_article(source: Source, *, url: str, external_id: str = "") -> SourceArticle | None:
    """By the id of the site's own system, else by a known address, with or without its last slash.

    None for an address that is none, that lies elsewhere, or that nobody has looked at.
    """
    articles = SourceArticle.objects.select_related("article__current__stored_text", "source")
    if external_id and (found := articles.filter(source=source, external_id=external_id).first()):
        return found
    try:
        cleaned = clean_url(url)
    except BadAddress:
        return None
    if not is_within(source, cleaned):
        return None
    known = SourceAddress.objects.filter(source=source, url__in=(cleaned, _other_slash(cleaned)))
    exact_first = sorted(known.values_list("url", "article"), key=lambda row: row[0] != cleaned)
    return articles.filter(pk=exact_first[0][1]).first() if exact_first else None


def remember(article: SourceArticle, url: str) -> None:
    """Store an address as one of the article's. One that leads to another article already stays there."""
    SourceAddress.objects.get_or_create(source_id=article.source_id, url=url, defaults={"article": article})


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _other_slash(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path[:-1] if parts.path.endswith("/") and len(parts.path) > 1 else f"{parts.path.rstrip('/')}/"
    return urlunsplit(parts._replace(path=path))
