"""What a letter is made of, before it is text or HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.diffs.excerpts import Run


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
    """What stood there and what stands there instead, or a marked passage, with the words around."""

    runs: Sequence[Run]
    language: str

    @property
    def old(self) -> str:
        return "".join(run.text for run in self.runs if run.op != "insert")

    @property
    def new(self) -> str:
        """As it can be written without colours: what is marked stands between asterisks."""
        kept = (run for run in self.runs if run.op != "delete")
        return "".join(f"*{run.text}*" if run.op == "mark" else run.text for run in kept)

    @property
    def is_mark(self) -> bool:
        return all(run.op in ("equal", "mark") for run in self.runs)


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute address and what is behind it; `is_action` says that it is what the letter is written for."""

    text: str
    address: str
    is_action: bool = False


Block = Paragraph | Quotation | Change | Link


@dataclass(frozen=True, slots=True)
class Letter:
    """`language` is the one that it is written in."""

    subject: str
    blocks: Sequence[Block]
    language: str
    # Why the reader has it, and how to have no more.
    closing: Sequence[Block]
