"""Elements of a body without words of their own to mark: pictures, figures, tables, counted from 0 in their order."""

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
