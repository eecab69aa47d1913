"""Pictures in a body's HTML."""

from dataclasses import dataclass
from html.parser import HTMLParser


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
