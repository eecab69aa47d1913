"""What a letter is made of, before it is text or HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrections.excerpts import Run


class NotWanted(Exception):
    """There is nothing to say any more, or nobody to say it to."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more; a `heading` stands above the letters of a mail that holds several."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else wrote, line by line."""

    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Change:
    """What stood there and what stands there instead, with the words around."""

    runs: Sequence[Run]
    language: str

    @property
    def old(self) -> str:
        return "".join(run.text for run in self.runs if run.op != "insert")

    @property
    def new(self) -> str:
        return "".join(run.text for run in self.runs if run.op != "delete")


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute address and what is behind it."""

    text: str
    address: str


Block = Paragraph | Quotation | Change | Link


@dataclass(frozen=True, slots=True)
class Letter:
    """`language` is the one that it is written in."""

    subject: str
    blocks: Sequence[Block]
    language: str
    # Why the reader has it, and how to have no more.
    closing: Sequence[Block]
