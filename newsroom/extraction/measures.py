"""How much text each element of a tree holds, and how much of it is linked or runs on: counted in one pass."""

from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newsroom.extraction.names import has_furniture_name

RUNNING_TEXT = 60  # letters of a paragraph that is no label or line of a list
APART = {"nav", "footer", "form", "aside", "script", "style"}
FRAMES = {"body", "article", "main"}  # may carry any name


@dataclass(slots=True)
class Measure:
    """`letters` with single blanks between words; `linked` of them in links, `prose` of them in paragraphs."""

    letters: int = 0
    words: int = 0
    linked: int = 0
    prose: int = 0

    @property
    def linked_share(self) -> float:
        """0 to 1."""
        return self.linked / self.letters if self.letters else 0.0


def measure(root: HtmlElement) -> dict[HtmlElement, Measure]:
    """Of the root and every element in it. What is removed afterwards stays counted."""
    found: dict[HtmlElement, Measure] = {}
    for _event, element in iterwalk(root, events=("end",)):
        own = Measure()
        _count(own, element.text)
        for child in element:
            inner = found[child]
            own.letters += inner.letters
            own.words += inner.words
            own.linked += inner.linked
            own.prose += inner.prose
            _count(own, child.tail)
        if element.tag == "a" and (element.get("href") or "#").startswith("#"):
            own.linked = 0  # an anchor, or a link to a place in the article itself
        elif element.tag == "a":
            own.linked = own.letters
        own.prose = _prose(element, own)
        found[element] = own
    return found


def _count(own: Measure, text: str | None) -> None:
    words = (text or "").split()
    own.words += len(words)
    own.letters += sum(map(len, words)) + len(words)


def _prose(element: HtmlElement, own: Measure) -> int:
    if element.tag in ("p", "dd"):
        return own.letters if own.letters >= RUNNING_TEXT and own.linked_share < 0.5 else 0
    if element.tag in APART or (element.tag not in FRAMES and has_furniture_name(element)):
        return 0
    return own.prose
