"""Comparison of two revisions for display: by field and paragraph, in full or as an excerpt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.diffs.formatting import Reformatted, formatting_diff, has_same_tags
from newsroom.diffs.words import Piece, word_diff
from newsroom.models import RevisionText

FIELDS: dict[str, str | Promise] = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "byline": _("Byline"),
    "body": _("Text"),
}
BREAK = "\n\n"
PILCROW = "¶"
CONTEXT = 80  # characters shown beside a change in an excerpt
MAX_PIECE = 600  # characters of one insertion or deletion in an excerpt
MAX_PARAGRAPHS = 6  # changed paragraphs in an excerpt
MAX_UNFOLDED = 2  # this many unchanged paragraphs in a row are shown unfolded


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.op != "equal" or isinstance(piece, Reformatted) for piece in self.pieces)

    @property
    def before(self) -> list[Piece]:
        """The old text with its deletions."""
        return [piece for piece in self.pieces if piece.op != "insert"]

    @property
    def after(self) -> list[Piece]:
        """The new text with its insertions."""
        return [piece for piece in self.pieces if piece.op != "delete"]


@dataclass(frozen=True, slots=True)
class ParagraphGroup:
    """Consecutive paragraphs, all changed or all unchanged; `folded` ones are in a closed <details>."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class FieldComparison:
    name: str
    label: str | Promise
    paragraphs: tuple[Paragraph, ...]

    @property
    def changed(self) -> bool:
        return any(paragraph.changed for paragraph in self.paragraphs)

    def runs(self) -> list[ParagraphGroup]:
        """All paragraphs in groups, for the full diff."""
        runs = []
        for changed, group in groupby(self.paragraphs, key=lambda paragraph: paragraph.changed):
            paragraphs = tuple(group)
            runs.append(ParagraphGroup(paragraphs, folded=not changed and len(paragraphs) > MAX_UNFOLDED))
        return runs

    def excerpt(self) -> list[Paragraph]:
        """The first changed paragraphs, with long pieces and context shortened."""
        changed = [paragraph for paragraph in self.paragraphs if paragraph.changed]
        return [Paragraph(tuple(_shorten(paragraph.pieces))) for paragraph in changed[:MAX_PARAGRAPHS]]

    def left_out(self) -> int:
        """Number of changed paragraphs beyond the excerpt."""
        return max(0, sum(paragraph.changed for paragraph in self.paragraphs) - MAX_PARAGRAPHS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gone` and `added` are URLs of links and pictures, which are not part of the text."""

    fields: tuple[FieldComparison, ...]
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def changed_fields(self) -> list[FieldComparison]:
        return [field for field in self.fields if field.changed]


def compare(old: RevisionText, new: RevisionText) -> Comparison:
    """Compare words, formatting, and URLs of links and pictures."""
    fields = tuple(
        FieldComparison(name, label, _paragraphs(_pieces(name, old, new)))
        for name, label in FIELDS.items()
        if old.canonical(name) or new.canonical(name)
    )
    before, after = addresses(old.body), addresses(new.body)
    return Comparison(fields, gone=_difference(before, after), added=_difference(after, before))


def _pieces(name: str, old: RevisionText, new: RevisionText) -> list[Piece]:
    # Parsing HTML is far slower than the word diff, and most edits leave the tags alone.
    if name != "body" or has_same_tags(old.body, new.body):
        return word_diff(old.canonical(name), new.canonical(name))
    return formatting_diff(old.body, new.body)


def addresses(html: str) -> list[str]:
    """URLs of links and pictures, in order."""
    reader = _Addresses(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.found


class _Addresses(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def _difference(these: list[str], those: list[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(dict.fromkeys(address for address in these if address not in known))


def _paragraphs(pieces: list[Piece]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    line: list[Piece] = []
    for piece in _shift_breaks(pieces):
        first, *others = piece.text.split(BREAK)
        line += [replace(piece, text=first)] if first else []
        for text in others:
            # Where a paragraph break itself was inserted or deleted inside other text, a pilcrow shows it.
            if piece.op != "equal" and any(other.op != piece.op for other in line):
                line.append(Piece(piece.op, PILCROW))
            paragraphs += [Paragraph(tuple(line))] if line else []
            line = [replace(piece, text=text)] if text else []
    return (*paragraphs, Paragraph(tuple(line))) if line else tuple(paragraphs)


def _shift_breaks(pieces: list[Piece]) -> Iterator[Piece]:
    """Move paragraph breaks to the end of insertions and deletions: "A.[¶New.]¶B" becomes "A.¶[New.¶]B"."""
    pieces = list(pieces)
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else Piece("equal", BREAK)  # as if the text went on
        stands_alone = piece.op != "equal" and after.op == "equal" and (at == 0 or pieces[at - 1].op == "equal")
        if stands_alone and piece.text.startswith(BREAK) and after.text.startswith(BREAK):
            yield Piece("equal", BREAK)
            yield Piece(piece.op, piece.text.removeprefix(BREAK) + BREAK)
            pieces[at + 1 : at + 2] = [Piece("equal", after.text.removeprefix(BREAK))]
        else:
            yield piece


def _shorten(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        text = piece.text
        if piece.op != "equal" or isinstance(piece, Reformatted):
            text = text if len(text) <= MAX_PIECE else _head(text, MAX_PIECE)
        elif at == 0:
            text = text if len(text) <= CONTEXT else _tail(text, CONTEXT)
        elif at == last:
            text = text if len(text) <= CONTEXT else _head(text, CONTEXT)
        elif len(text) > 2 * CONTEXT:
            text = f"{_head(text, CONTEXT)} {_tail(text, CONTEXT)}"
        yield replace(piece, text=text)


def _head(text: str, length: int) -> str:
    """The beginning, cut at a space where there is one."""
    return f"{text[:length].rsplit(' ', 1)[0]} …"


def _tail(text: str, length: int) -> str:
    return f"… {text[-length:].split(' ', 1)[-1]}"
