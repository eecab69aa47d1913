"""A text with a marked passage before its edit, and what an edit made of it."""

from dataclasses import dataclass

from benchmarks.anchoring.marks import Paragraphs, cut, join
from benchmarks.anchoring.words import Writer


@dataclass(frozen=True, slots=True)
class Edited:
    """Both texts with marks. `gone`: the passage stands no more; marks that are left show what took its place."""

    old: str
    new: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with a passage that is to be followed; `marked` is the paragraph `at`, as one string with the marks."""

    writer: Writer
    paragraphs: Paragraphs
    at: int
    marked: str

    @property
    def passage(self) -> str:
        return cut(self.marked)[1]

    def pages(self) -> Paragraphs:
        """Each paragraph as one string, the passage marked."""
        pages = [[" ".join(paragraph)] for paragraph in self.paragraphs]
        pages[self.at] = [self.marked]
        return pages

    def sentences(self) -> Paragraphs:
        """Each paragraph as its sentences, nothing marked."""
        return [list(paragraph) for paragraph in self.paragraphs]

    def edited(self, pages: Paragraphs, *, gone: bool = False) -> Edited:
        return Edited(join(self.pages()), join(pages), gone)
