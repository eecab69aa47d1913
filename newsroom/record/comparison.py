"""What changed between two revisions, laid out for reading: field by field, paragraph by paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.diffs.formatting import Restyled, is_set_alike, styled_diff
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
LONGEST = 600  # characters of one insertion or deletion in an excerpt
MOST_PARAGRAPHS = 6  # changed paragraphs in an excerpt
FEW = 2  # unchanged paragraphs in a row that are shown as they are


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.op != "equal" or isinstance(piece, Restyled) for piece in self.pieces)

    @property
    def before(self) -> list[Piece]:
        """As it read, with what went."""
        return [piece for piece in self.pieces if piece.op != "insert"]

    @property
    def after(self) -> list[Piece]:
        """As it reads, with what came."""
        return [piece for piece in self.pieces if piece.op != "delete"]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring paragraphs, all changed or all unchanged; a `folded` run is put away until somebody asks for it."""

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

    def runs(self) -> list[Run]:
        """All paragraphs, for the whole diff."""
        runs = []
        for changed, group in groupby(self.paragraphs, key=lambda paragraph: paragraph.changed):
            paragraphs = tuple(group)
            runs.append(Run(paragraphs, folded=not changed and len(paragraphs) > FEW))
        return runs

    def excerpt(self) -> list[Paragraph]:
        """The first changed paragraphs, cut down to the changes and a few words beside them."""
        changed = [paragraph for paragraph in self.paragraphs if paragraph.changed]
        return [Paragraph(tuple(_cut(paragraph.pieces))) for paragraph in changed[:MOST_PARAGRAPHS]]

    def left_out(self) -> int:
        """How many changed paragraphs the excerpt does not show."""
        return max(0, sum(paragraph.changed for paragraph in self.paragraphs) - MOST_PARAGRAPHS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions side by side. `gone` and `added` are addresses of links and pictures, which no text shows."""

    fields: tuple[FieldComparison, ...]
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def changed_fields(self) -> list[FieldComparison]:
        return [field for field in self.fields if field.changed]


def compare(old: RevisionText, new: RevisionText) -> Comparison:
    """The words, how they are set, and the addresses behind them."""
    fields = tuple(
        FieldComparison(name, label, _paragraphs(_pieces(name, old, new)))
        for name, label in FIELDS.items()
        if old.canonical(name) or new.canonical(name)
    )
    before, after = addresses(old.body), addresses(new.body)
    return Comparison(fields, gone=_without(before, after), added=_without(after, before))


def _pieces(name: str, old: RevisionText, new: RevisionText) -> list[Piece]:
    # Reading HTML takes far longer than comparing words, and most changes leave every tag where it was.
    if name != "body" or is_set_alike(old.body, new.body):
        return word_diff(old.canonical(name), new.canonical(name))
    return styled_diff(old.body, new.body)


def addresses(html: str) -> list[str]:
    """Where the links lead and where the pictures lie, in order."""
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


def _without(these: list[str], those: list[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(dict.fromkeys(address for address in these if address not in known))


def _paragraphs(pieces: list[Piece]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    line: list[Piece] = []
    for piece in _slid(pieces):
        first, *others = piece.text.split(BREAK)
        line += [replace(piece, text=first)] if first else []
        for text in others:
            # A paragraph that is new or gone as a whole shows that itself; a border inside one needs a sign.
            if piece.op != "equal" and any(other.op != piece.op for other in line):
                line.append(Piece(piece.op, PILCROW))
            paragraphs += [Paragraph(tuple(line))] if line else []
            line = [replace(piece, text=text)] if text else []
    return (*paragraphs, Paragraph(tuple(line))) if line else tuple(paragraphs)


def _slid(pieces: list[Piece]) -> Iterator[Piece]:
    """The same change with its paragraph borders at the end: "A.[¶New.]¶B" becomes "A.¶[New.¶]B"."""
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


def _cut(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        text = piece.text
        if piece.op != "equal" or isinstance(piece, Restyled):
            text = text if len(text) <= LONGEST else _head(text, LONGEST)
        elif at == 0:
            text = text if len(text) <= CONTEXT else _tail(text, CONTEXT)
        elif at == last:
            text = text if len(text) <= CONTEXT else _head(text, CONTEXT)
        elif len(text) > 2 * CONTEXT:
            text = f"{_head(text, CONTEXT)} {_tail(text, CONTEXT)}"
        yield replace(piece, text=text)


def _head(text: str, length: int) -> str:
    """The beginning, up to a space if there is one."""
    return f"{text[:length].rsplit(' ', 1)[0]} …"


def _tail(text: str, length: int) -> str:
    return f"… {text[-length:].split(' ', 1)[-1]}"
