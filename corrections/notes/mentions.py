"""Mentions in internal notes: `@username` of an active editor who may see cases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.models import Editor

VIEW = "corrections.view_case"
BACKEND = "newsroom.accounts.permissions.EditorBackend"  # of two, the one that knows permissions
MOST_MENTIONS = 20
# A username may hold dots, too: of "@ada." the last one ends the sentence.
MENTION = re.compile(r"(?<![\w@.+-])@(\w[\w@.+-]*)")
ENDINGS = ".+-@"


@dataclass(frozen=True, slots=True)
class NotePiece:
    """A run of a note's words; `is_mention` where it names a colleague."""

    text: str
    is_mention: bool = False


def named_in(text: str) -> list[str]:
    """Usernames as they are written, each with and without what may end a sentence."""
    written = [match[1] for match in MENTION.finditer(text)][:MOST_MENTIONS]
    return list(dict.fromkeys(name for each in written for name in (each, each.rstrip(ENDINGS)) if name))


def mentioned_in(text: str) -> list[Editor]:
    """The colleagues that a note names."""
    names = named_in(text)
    return [editor for editor in colleagues() if editor.username in names] if names else []


def colleagues() -> list[Editor]:
    """Who may be mentioned."""
    return list(Editor.objects.with_perm(VIEW, backend=BACKEND).order_by("username"))


def pieces_of(text: str, usernames: Iterable[str]) -> list[NotePiece]:
    """The note as runs, with the names of colleagues apart."""
    known, pieces, at = set(usernames), list[NotePiece](), 0
    for match in MENTION.finditer(text):
        name = match[1] if match[1] in known else match[1].rstrip(ENDINGS)
        if name in known:
            start, end = match.start(), match.start(1) + len(name)
            pieces += [NotePiece(text[at:start]), NotePiece(text[start:end], is_mention=True)]
            at = end
    return [piece for piece in [*pieces, NotePiece(text[at:])] if piece.text]
