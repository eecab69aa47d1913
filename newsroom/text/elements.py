"""Elements of a body without words of their own to mark: pictures, figures, tables, counted from 0 in their order."""

from dataclasses import dataclass
from html.parser import HTMLParser

from newsroom.text.html_reader import read

TAGS = {"picture": "img", "figure": "figure", "table": "table"}


def element_html(body: str, element: str, index: int) -> str | None:
    """The markup of the element with this number; None where the body has none."""
    found = elements_html(body, element)
    return found[index] if 0 <= index < len(found) else None


def elements_html(body: str, element: str) -> list[str]:
    """The markup of every picture, figure or table (a key of TAGS)."""
    tag = TAGS[element]
    return [body[each.start : each.end] for each in read(body).elements if each.name == tag]


@dataclass(frozen=True, slots=True)
class Picture:
    """Attributes of an <img>; width and height are pixels, empty where unknown."""

    src: str
    alt: str
    width: str
    height: str


class _FirstPicture(HTMLParser):
    found: Picture | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img" and self.found is None and given.get("src"):
            self.found = Picture(*(given.get(name, "") for name in ("src", "alt", "width", "height")))


def first_picture(body: str) -> Picture | None:
    parser = _FirstPicture()
    parser.feed(body)
    parser.close()
    return parser.found
