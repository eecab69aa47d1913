"""The note of a change: which of the house's sentences fits, and its words put in."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from newsroom.diffs.note_check import plain, telling_words
from newsroom.diffs.significance import link_targets
from newsroom.notes.passages import Passage, Shape, changed_passages
from newsroom.notes.quoting import cut, marks_of, quoted
from newsroom.text.canonical import Wording

LONGEST = 120  # characters of a quotation …
LONGEST_OF_SEVERAL = 60  # … and where there are several
MOST = 4  # changes that are named one by one
PLACEHOLDER = re.compile(r"\{(old|new|changes)\}")


class Sentence(StrEnum):
    """A sentence of the house, for a kind of change."""

    NUMBER = "number"
    NAME = "name"
    WORDS = "words"
    REMOVED = "removed"
    ADDED = "added"
    LINK = "link"
    SEVERAL = "several"
    CLEARER_WORDS = "clearer-words"
    CLEARER_REMOVED = "clearer-removed"
    CLEARER_ADDED = "clearer-added"
    CLEARER_SEVERAL = "clearer-several"
    ITEM_WORDS = "item-words"
    ITEM_REMOVED = "item-removed"
    ITEM_ADDED = "item-added"
    RETRACTION = "retraction"


BOTH = frozenset(("old", "new"))
# The placeholders that a pattern has to have, and no other: without one of them the note may name no changed word.
PLACEHOLDERS: Mapping[Sentence, frozenset[str]] = {
    Sentence.NUMBER: BOTH,
    Sentence.NAME: BOTH,
    Sentence.WORDS: BOTH,
    Sentence.REMOVED: frozenset(("old",)),
    Sentence.ADDED: frozenset(("new",)),
    Sentence.LINK: frozenset(),
    Sentence.SEVERAL: frozenset(("changes",)),
    Sentence.CLEARER_WORDS: BOTH,
    Sentence.CLEARER_REMOVED: frozenset(("old",)),
    Sentence.CLEARER_ADDED: frozenset(("new",)),
    Sentence.CLEARER_SEVERAL: frozenset(("changes",)),
    Sentence.ITEM_WORDS: BOTH,
    Sentence.ITEM_REMOVED: frozenset(("old",)),
    Sentence.ITEM_ADDED: frozenset(("new",)),
    Sentence.RETRACTION: frozenset(),
}
OF_SHAPE = {shape: Sentence(shape.value) for shape in Shape}
CLEARER_OF_SHAPE = {
    Shape.NUMBER: Sentence.CLEARER_WORDS,
    Shape.NAME: Sentence.CLEARER_WORDS,
    Shape.WORDS: Sentence.CLEARER_WORDS,
    Shape.REMOVED: Sentence.CLEARER_REMOVED,
    Shape.ADDED: Sentence.CLEARER_ADDED,
}
ITEM_OF_SHAPE = {Shape.REMOVED: Sentence.ITEM_REMOVED, Shape.ADDED: Sentence.ITEM_ADDED}


class PatternError(ValueError):
    """A pattern lacks a placeholder, or has one that its sentence does not know; `expected` are those it takes."""

    def __init__(self, expected: Sequence[str]) -> None:
        super().__init__(expected)
        self.expected = expected


def check_pattern(sentence: Sentence, pattern: str) -> None:
    """Raises PatternError."""
    expected = PLACEHOLDERS[sentence]
    if set(PLACEHOLDER.findall(pattern)) != expected or re.search(r"[{}]", PLACEHOLDER.sub("", pattern)):
        raise PatternError([f"{{{name}}}" for name in sorted(expected, reverse=True)])


def write_note(
    old: Wording, new: Wording, *, language: str, patterns: Mapping[Sentence, str], clearer: bool = False
) -> str:
    """The note of a correction, or of a clarification (`clearer`); empty where no word and no link changed."""
    passages = changed_passages(old, new, language=language)
    if not passages:
        return patterns[Sentence.LINK] if link_targets(old.body) != link_targets(new.body) else ""
    telling = telling_words(old, new)
    if len(passages) == 1:
        sentence = (CLEARER_OF_SHAPE if clearer else OF_SHAPE)[passages[0].shape]
        return _filled(patterns[sentence], passages[0], language, telling, LONGEST)
    items = [
        _filled(
            patterns[ITEM_OF_SHAPE.get(passage.shape, Sentence.ITEM_WORDS)],
            passage,
            language,
            telling,
            LONGEST_OF_SEVERAL,
        )
        for passage in _most_telling(passages, telling)
    ]
    joined = marks_of(language).joint.join(items) + "…" * (len(passages) > MOST)
    sentence = Sentence.CLEARER_SEVERAL if clearer else Sentence.SEVERAL
    return PLACEHOLDER.sub(lambda _: joined, patterns[sentence])


def _most_telling(passages: Sequence[Passage], telling: frozenset[str]) -> list[Passage]:
    """The first few; of more those that name changed words."""
    return sorted(passages, key=lambda passage: not _tells(passage.old + " " + passage.new, telling))[:MOST]


def _tells(text: str, telling: frozenset[str]) -> bool:
    return _telling_at(text, telling) is not None


def _telling_at(text: str, telling: frozenset[str]) -> int | None:
    """Where the first changed word stands that means something."""
    return next((match.start() for match in re.finditer(r"\w+", text) if plain(match[0]) in telling), None)


def _filled(pattern: str, passage: Passage, language: str, telling: frozenset[str], limit: int) -> str:
    words = {"old": passage.old, "new": passage.new}
    starts = {name: _start(text, limit, telling) for name, text in words.items()}
    shown = {name: quoted(cut(text, limit, start=starts[name]), language) for name, text in words.items()}
    return PLACEHOLDER.sub(lambda match: shown[match[1]], pattern)


def _start(text: str, limit: int, telling: frozenset[str]) -> int:
    """Where to begin a long quotation, so that the changed words are in it."""
    at = _telling_at(text, telling) or 0
    return 0 if at < limit // 2 else at - limit // 4
