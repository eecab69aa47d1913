"""Check that a public note mentions a changed word: a correction must say what was wrong or what is right."""

import re
from unicodedata import digit, normalize

from newsroom.diffs.words import word_diff
from newsroom.text.canonical import Wording, canonical_text

WORD = re.compile(r"\w+")
STEM = 4  # letters that stay when a word is inflected
SHORT = 2  # letters: of, не, la, in
# Longer stop words.
WEAK_WORDS = (
    "and are but for has was were with that the this les des une est pour dans que los las del una por con der die das "
    "den dem und ein eine ist war mit для але його що من على في إلى"
)
WEAK = frozenset(WEAK_WORDS.split())


def names_change(note: str, old: Wording, new: Wording) -> bool:
    """Whether the note mentions any word that was removed or added, by its first letters.

    This catches empty notes such as "An error was corrected". If no word changed (a link, say), any note will do.
    """
    telling, said = telling_words(old, new), plain(note)
    return not telling or any(word[:STEM] in said for word in telling)


def telling_words(old: Wording, new: Wording) -> frozenset[str]:
    """The changed words of which a note has to mention one, in `plain` form; stop words if there are no others."""
    changed = _changed_words(old, new)
    return frozenset(word for word in changed - WEAK if len(word) > SHORT or word.isdecimal()) or frozenset(changed)


def _changed_words(old: Wording, new: Wording) -> set[str]:
    pairs = ((old.headline, new.headline), (old.standfirst, new.standfirst), (old.byline, new.byline))
    bodies = (canonical_text(old.body), canonical_text(new.body))
    pieces = (piece for before, after in (*pairs, bodies) for piece in word_diff(before, after))
    return {word for piece in pieces if piece.op != "equal" for word in WORD.findall(plain(piece.text))}


def plain(text: str) -> str:
    """Case-folded, NFC, with the digits of every script as 0 to 9."""
    folded = normalize("NFC", text).casefold()
    return "".join(str(digit(character)) if character.isdecimal() else character for character in folded)
