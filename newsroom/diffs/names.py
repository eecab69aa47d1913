"""Which capitalised words may be names, by language. Errs towards names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from newsroom.diffs.dates import is_no_name
from newsroom.diffs.words import LETTER

WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
SENTENCE_ENDS = (".", "!", "?", "…", "\n")
# Characters allowed between the end of a sentence and the next word.
OPENING = " \t\xa0\"'“”„«»‘’‚‹›([¿¡-–—"
QUOTE_MARKS = ('"', "“", "„", "«", "»", "«\xa0", "«\u202f")
LOOK_BACK = 100  # code points searched for the end of the previous sentence
# "Mr." and "J." do not end a sentence.
ABBREVIATION = re.compile(r"(?:^|[\W\d_])[^\W\d_a-zа-яіїєґ][^\W\d_]{0,2}\.$")
# German nouns that cannot be names: abstract ones by their endings, and what has an indefinite article.
GERMAN_ENDING = re.compile(r"\w{4,}(?:ung|heit|keit|schaft|tion|tät)(?:en)?")
AFTER_ARTICLE = re.compile(
    r"\b(?:[Kk]?[Ee]in(?:e[nmrs]?)?|[Jj]ede[nmrs]?|[Ee]inige|[Mm]ehrere|[Vv]iele|[Mm]anche)"
    r"\s+(?:[a-zäöüß]+e[nmrs]?\s+)?$"
)
MOST = 0.75  # of a headline's longer words are capitalised where it is in title case
TYPO = 2  # letters that differ


@dataclass(frozen=True, slots=True)
class Usage:
    """How an article uses the words that changed: as `names` within sentences, as `common` ones in lower case."""

    language: str  # base language, as in "en"
    names: frozenset[str]
    common: frozenset[str]


def read_usage(changed: Sequence[tuple[str, str]], texts: Sequence[str], *, language: str) -> Usage:
    """From the changed lines of both versions and the whole new texts, headlines first.

    Headlines tell nothing of names: they may be in title case.
    """
    wanted = {word for pair in changed for text in pair for word in WORD.findall(text)}
    names = {
        match[0]
        for text in (*texts[1:], *(old for old, _new in changed[1:]))
        for match in WORD.finditer(text)
        if match[0] in wanted
        and _is_capitalised_within(match[0], text[max(0, match.start() - LOOK_BACK) : match.start()], language)
    }
    lower = {word.lower() for pair in changed[:1] for text in pair for word in WORD.findall(text)}
    common = {word for text in (*texts, changed[0][0]) for word in WORD.findall(text) if word in lower}
    return Usage(language, frozenset(names), frozenset(common))


def is_name(word: str, before: str, usage: Usage) -> bool:
    """`before` is the text up to the word. A word at the start of a sentence counts if it also occurs within one."""
    if any(character.isupper() for character in word[1:]):  # NATO, McCarthy, d'Arc
        return True
    if not word[0].isupper() or is_no_name(word, usage.language):
        return False
    return word in usage.names or _is_capitalised_within(word, before, usage.language)


def _is_capitalised_within(word: str, before: str, language: str) -> bool:
    """Whether a word within a sentence has a capital that needs a name to explain it."""
    if not word[0].isupper() or _ends_sentence(before):
        return False
    return language != "de" or not (GERMAN_ENDING.fullmatch(word) or AFTER_ARTICLE.search(before))


def is_title_case(headline: str) -> bool:
    """Whether nearly all its longer words are capitalised, in a language whose nouns are not."""
    words = [word for word in WORD.findall(headline)[1:] if len(word) > 3]
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= MOST * len(words)


def is_headline_word(word: str, replaced_by: set[str], usage: Usage) -> bool:
    """Whether a word of a headline in title case is a common one, or a slip in the common one that replaces it."""
    if word in usage.names:
        return False
    word = word.lower()
    others = {other.lower() for other in replaced_by - usage.names} & usage.common
    return word in usage.common or any(OSA.distance(word, other) <= TYPO for other in others)


def _ends_sentence(text: str) -> bool:
    """Whether the next word starts a sentence or a quotation."""
    if text.endswith(QUOTE_MARKS):
        return True
    rest = text.rstrip(OPENING)
    return not rest or (rest.endswith(SENTENCE_ENDS) and not ABBREVIATION.search(rest))
