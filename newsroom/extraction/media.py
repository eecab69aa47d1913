"""Pictures and players of a page: what is worth a link, what is decoration, and what stands in a caption."""

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml.html import HtmlElement, builder

from newsroom.extraction.page import is_web
from newsroom.extraction.words import plain

LAZY = ("data-src", "data-lazy-src", "data-original", "data-full-src", "data-hi-res-src")
SMALLEST = 50  # pixels of a side; what is smaller is an icon or counts readers
LONGEST_ICON = 4000  # characters of a picture that is written into its address
COUNTER = re.compile(r"pixel|spacer|blank\.|1x1|beacon|tracking|\bstat\b|doubleclick|counter\.", re.IGNORECASE)
PLAYERS = ("iframe", "video", "audio", "embed", "object")
ADVERTISING = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|amazon-adsystem|facebook\.com/plugins|/ads?/|about:blank|recaptcha",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LONGEST_EMOJI = 4  # characters of an alternative text that stands in the sentence
WORDS = {  # picture, video or sound, by the article's language
    "en": ("Picture", "Player"),
    "de": ("Bild", "Player"),
    "fr": ("Image", "Lecteur"),
    "es": ("Imagen", "Reproductor"),
    "uk": ("Зображення", "Програвач"),
    "ar": ("صورة", "مشغّل"),
}

# What becomes of them, as `Counter`s name it.
TAKEN, LINKED, DROPPED, PLAYERS_LINKED = "taken along", "linked", "left out", "players"
Local = Callable[[str, str], dict[str, str]]
"""From a picture's address and alternative text, as the page writes them, to src, width and height of our own copy.

Empty where there is none.
"""


def link_pictures(root: HtmlElement, *, base: str, language: str, local: Local, left_out: Counter[str]) -> None:
    """Each picture becomes one of ours, or a link in its caption, or goes and is counted."""
    word = WORDS.get(language.partition("-")[0], WORDS["en"])[0]
    for picture in list(root.iter("img")):
        source = source_of(picture)
        described = _line(picture.get("alt"))
        if described and len(described) <= LONGEST_EMOJI and not any(map(str.isalnum, described)):
            _replace(picture, described)
            continue
        figure = _figure_of(picture, root)
        has_words = bool(described or (figure is not None and plain(figure)))
        if is_decoration(picture, source) or (COUNTER.search(source[:LONGEST_ICON]) and not has_words):
            picture.drop_tree()
            continue
        own = local(source, described)
        address = urljoin(base, source)
        if own:
            _place(picture, builder.IMG(alt=described, **own), figure)
            left_out[TAKEN] += 1
        elif is_web(address) and has_words:
            _place(picture, None, figure, link=(address, described, word))
            left_out[LINKED] += 1
        else:
            picture.drop_tree()
            left_out[DROPPED] += 1
    _drop_empty_figures(root)


def link_players(root: HtmlElement, *, base: str, language: str, left_out: Counter[str]) -> None:
    """A player becomes a paragraph with a link to what it plays."""
    word = WORDS.get(language.partition("-")[0], WORDS["en"])[1]
    for player in list(root.iter(*PLAYERS)):
        if player.getparent() is None or any(each.tag in PLAYERS for each in player.iterancestors()):
            continue
        played = _played(player)
        address = watched_at(urljoin(base, played)) if played else ""
        if not is_web(address) or ADVERTISING.search(address) or _is_small(player):
            player.drop_tree()
            continue
        title = _line(player.get("title") or player.get("aria-label"))
        link = builder.A(f"{word}: {title or urlsplit(address).netloc}", href=address)
        _paragraph_of(player).addnext(builder.P(link))
        player.drop_tree()
        left_out[PLAYERS_LINKED] += 1


def source_of(picture: HtmlElement) -> str:
    """Address of a picture; of one that is loaded late, the one that it will have."""
    given = _line(picture.get("src"))
    late = next((address for name in LAZY if (address := _line(picture.get(name)))), "")
    sets = [picture.get("srcset") or picture.get("data-srcset") or ""]
    holder = picture.getparent()
    if holder is not None and holder.tag == "picture":
        sets += [source.get("srcset") or "" for source in holder.iter("source")]
    of_set = next((each.split(",")[0].split()[0] for each in sets if each.strip()), "")
    own = "" if given.startswith("data:") and len(given) < LONGEST_ICON else given
    return late or own or _line(of_set) or given


def is_decoration(picture: HtmlElement, source: str) -> bool:
    """Counting pixels, icons, and what stands in for a picture until it is loaded."""
    return (
        not source
        or (source.startswith("data:") and len(source) < LONGEST_ICON)
        or _is_small(picture)
        or picture.get("role") == "presentation"
    )


def watched_at(address: str) -> str:
    """The page of a video for its player's address."""
    parts = urlsplit(address)
    if "youtube" in parts.netloc and parts.path.startswith("/embed/"):
        return f"https://www.youtube.com/watch?v={parts.path.split('/')[2]}"
    if parts.netloc == "player.vimeo.com":
        return f"https://vimeo.com/{parts.path.rpartition('/')[2]}"
    if parts.netloc.endswith("facebook.com") and (inner := parse_qs(parts.query).get("href")):
        return inner[0]
    return address


def _played(player: HtmlElement) -> str:
    names = ("src", "data-src", "data-lazy-src", "data")
    own = [_line(player.get(name)) for name in names]
    inner = [_line(each.get("src") or each.get("value")) for each in player.iter("source", "embed", "param")]
    return next((each for each in [*own, *(address for address in inner if "/" in address)] if each), "")


def _line(value: str | None) -> str:
    """An attribute in one line, without control characters, which no new element may be given."""
    return " ".join(CONTROL.sub(" ", value or "").split())


def _is_small(element: HtmlElement) -> bool:
    sides = [str(element.get(name) or "").removesuffix("px") for name in ("width", "height")]
    numbers = [int(side) for side in sides if side.isdigit()]
    return bool(numbers) and max(numbers) <= SMALLEST


def _figure_of(picture: HtmlElement, root: HtmlElement) -> HtmlElement | None:
    for holder in picture.iterancestors():
        if holder is root:
            return None
        if holder.tag == "figure":
            return holder
    return None


def _place(
    picture: HtmlElement,
    own: HtmlElement | None,
    figure: HtmlElement | None,
    link: tuple[str, str, str] = ("", "", ""),
) -> None:
    """Inside its figure; a picture without one gets a figure behind the paragraph in which it stands."""
    if own is not None and figure is not None:
        own.tail = picture.tail
        picture.getparent().replace(picture, own)
        return
    address, described, word = link
    new = builder.E.figure() if figure is None else figure
    if own is not None:
        new.append(own)
    else:
        caption = next(iter(new.iter("figcaption")), None)
        if caption is None:
            caption = builder.E.figcaption()
            new.append(caption)
        said = plain(caption)
        label = described if described and not said else word
        caption.append(builder.A(label, href=address))
        if said:
            _space_before(caption)
    if figure is None:
        _paragraph_of(picture).addnext(new)
    _drop_with_link(picture)


def _space_before(caption: HtmlElement) -> None:
    link = caption[-1]
    before = link.getprevious()
    if before is None:
        caption.text = (caption.text or "").rstrip() + " "
    else:
        before.tail = (before.tail or "").rstrip() + " "


def _paragraph_of(picture: HtmlElement) -> HtmlElement:
    """The outermost element around it that holds a sentence; the picture itself where there is none."""
    inline = ("p", "a", "span", "strong", "em", "b", "i", "picture", "h2", "h3", "h4")
    around = picture
    for holder in picture.iterancestors():
        if holder.tag not in inline or holder.getparent() is None:
            break
        around = holder
    return around


def _drop_with_link(picture: HtmlElement) -> None:
    """A link around nothing but a picture goes with it."""
    holder = picture.getparent()
    picture.drop_tree()
    while (
        holder is not None
        and holder.tag in ("a", "picture", "span")
        and not plain(holder)
        and not holder.xpath(".//img")
    ):
        holder, gone = holder.getparent(), holder
        gone.drop_tree()


def _drop_empty_figures(root: HtmlElement) -> None:
    for figure in list(root.iter("figure")):
        if not plain(figure) and not figure.xpath(".//img"):
            figure.drop_tree()


def _replace(picture: HtmlElement, text: str) -> None:
    span = builder.SPAN(text)
    span.tail = picture.tail
    picture.getparent().replace(picture, span)
