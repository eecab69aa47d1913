"""The content of a mail as typed blocks, which the templates render as plain text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.diffs.excerpts import DiffRun


class NothingToSend(Exception):
    """The mail is obsolete (its case moved on) or has no recipient any more."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; a `heading` introduces each part of a bundled mail."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text by an editor or reader, quoted line by line."""

    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """An inline diff, or a marked passage, in its context."""

    runs: Sequence[DiffRun]
    language: str

    @property
    def old(self) -> str:
        return "".join(run.text for run in self.runs if run.op != "insert")

    @property
    def new(self) -> str:
        """Plain text, with marked words between asterisks."""
        kept = (run for run in self.runs if run.op != "delete")
        return "".join(f"*{run.text}*" if run.op == "mark" else run.text for run in kept)

    @property
    def is_mark(self) -> bool:
        return all(run.op in ("equal", "mark") for run in self.runs)


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute URL with its label; `is_action` makes it the mail's call to action."""

    text: str
    address: str
    is_action: bool = False


Block = Paragraph | Quotation | DiffBlock | Link


@dataclass(frozen=True, slots=True)
class ReaderMail:
    """Subject and body, without the closing that all kinds share."""

    subject: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class MailContent:
    """A composed mail in one `language`."""

    subject: str
    blocks: Sequence[Block]
    language: str
    # Why the recipient gets it, and how to unsubscribe.
    closing: Sequence[Block]
    # The URL that unsubscribes by one POST (RFC 8058); empty where that takes a log-in.
    unsubscribe: str = ""
