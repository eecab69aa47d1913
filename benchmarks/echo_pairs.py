"""Sentences of the seeds' real texts, each with a mistake; nearly equal ones that share it, and lookalikes without it.

Written without a look at the matcher: a pair comes from one rule below, and is true or not by that rule alone.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from newsroom.text.canonical import canonical_text

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ENDS = re.compile(r"(?<=[.!?؟])\s+(?=\S)|\n+")
NUMBER = re.compile(r"\d+(?:[ \xa0\u202f]\d{3}\b|[.,:]\d+)*")
CAPITAL = r"[A-ZÀ-ÖÜА-ЯІЇЄҐ][\w’'-]{3,}"
NAME = re.compile(rf"(?<=[\w,;] ){CAPITAL}(?: {CAPITAL})*")
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
CLAUSE = re.compile(r", [^,.;:]{12,}(?=[,.])")
OTHER_NAMES = {"uk": "Остапенко", "ar": "سليمان"}
CLAUSES = {
    "en": ", as the council said in the spring,",
    "de": ", wie der Rat im Frühjahr mitteilte,",
    "es": ", como dijo el concejo en primavera,",
    "fr": ", comme le conseil l’a dit au printemps,",
    "uk": ", як повідомила навесні рада,",
    "ar": "، كما قال المجلس في الربيع،",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a mistake: wrong words at [start, end), and the right ones."""

    language: str
    text: str
    start: int
    end: int
    right: str

    @property
    def wrong(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Pair:
    """Another article's sentence, and whether it has the same mistake."""

    ours: Sentence
    other: str
    is_echo: bool
    rule: str


def real_sentences() -> list[tuple[str, str]]:
    """Language and text of each sentence of more than 40 characters."""
    articles = json.loads((SEEDS / "articles.json").read_text(encoding="utf-8"))
    found = []
    for article in articles:
        text = canonical_text((SEEDS / article["body"]).read_text(encoding="utf-8"))
        found += [(article["language"], each) for each in ENDS.split(text) if len(each) > 40]
    return found


def made_pairs(seed: int) -> list[Pair]:
    """As many lookalikes as echoes."""
    chance, sentences = Random(seed), real_sentences()
    pairs = list[Pair]()
    for language, text in sentences:
        mistake = _with_mistake(language, text, chance)
        if mistake is None:
            continue
        echoes = _made(ECHOES, mistake, chance, sentences, is_echo=True)
        lookalikes = _made(LOOKALIKES, mistake, chance, sentences, is_echo=False)
        number = min(len(echoes), len(lookalikes))
        pairs += chance.sample(echoes, number) + chance.sample(lookalikes, number)
    return pairs


def _made(
    rules: tuple[Callable[..., str | None], ...],
    ours: Sentence,
    chance: Random,
    sentences: list[tuple[str, str]],
    *,
    is_echo: bool,
) -> list[Pair]:
    made = [(rule.__name__.strip("_"), rule(ours, chance, sentences)) for rule in rules]
    return [Pair(ours, other, is_echo, name) for name, other in made if other is not None and other != ours.text]


def _with_mistake(language: str, text: str, chance: Random) -> Sentence | None:
    """A number, a name or a long word of it is wrong."""
    spans = [match.span() for rule in (NUMBER, NAME, LONG_WORD) for match in rule.finditer(text)]
    if not spans:
        return None
    start, end = chance.choice(spans)
    word = text[start:end]
    right = _other_number(word, chance) if word[0].isdecimal() else word[:-2] + word[-1] + word[-2] + "en"
    return Sentence(language, text, start, end, right)


def _other_number(word: str, chance: Random) -> str:
    digits = "".join(str((int(d) + chance.randint(1, 8)) % 10) if d.isdecimal() else d for d in word)
    return digits if digits != word else f"1{word}"


def _replaced(ours: Sentence, rule: re.Pattern[str], put: Callable[[str], str], chance: Random) -> str | None:
    """One other place of the sentence with something else in it."""
    places = [m for m in rule.finditer(ours.text) if m.end() <= ours.start or m.start() >= ours.end]
    if not places:
        return None
    place = chance.choice(places)
    return ours.text[: place.start()] + put(place[0]) + ours.text[place.end() :]


def _another_number(ours: Sentence, chance: Random, _all: object) -> str | None:
    return _replaced(ours, NUMBER, lambda word: _other_number(word, chance), chance)


def _another_name(ours: Sentence, chance: Random, _all: object) -> str | None:
    return _replaced(ours, NAME, lambda word: OTHER_NAMES.get(ours.language, "Ravensworth"), chance)


def _clause_left_out(ours: Sentence, chance: Random, _all: object) -> str | None:
    shorter = _replaced(ours, CLAUSE, lambda clause: "", chance)
    # Of a sentence that loses most of its words, what is left is not nearly equal.
    return shorter if shorter and 2 * len(shorter) >= len(ours.text) else None


def _clause_put_in(ours: Sentence, chance: Random, _all: object) -> str | None:
    words = [m for m in re.finditer(r"(?<=[^\W\d_]{3})(?= )", ours.text) if not ours.start <= m.start() <= ours.end]
    if not words:
        return None
    at = chance.choice(words).start()
    return ours.text[:at] + CLAUSES[ours.language] + ours.text[at:]


def _other_typography(ours: Sentence, _chance: Random, _all: object) -> str | None:
    text = ours.text.replace("’", "'").replace("“", '"').replace("”", '"').replace("\xa0", " ")
    return text if ours.wrong in text else None


def _already_right(ours: Sentence, _chance: Random, _all: object) -> str | None:
    return ours.text[: ours.start] + ours.right + ours.text[ours.end :]


def _third_value(ours: Sentence, chance: Random, _all: object) -> str | None:
    if not ours.wrong[0].isdecimal():
        return ours.text[: ours.start] + ours.wrong[::-1] + ours.text[ours.end :]
    other = _other_number(ours.right, chance)
    return None if other == ours.wrong else ours.text[: ours.start] + other + ours.text[ours.end :]


def _same_words_elsewhere(ours: Sentence, chance: Random, sentences: list[tuple[str, str]]) -> str | None:
    """The wrong words in the place of like ones in another sentence."""
    rule = NUMBER if ours.wrong[0].isdecimal() else NAME if NAME.search(f"in {ours.wrong}") else LONG_WORD
    others = [text for language, text in sentences if language == ours.language and text != ours.text]
    fitting = [(text, place) for text in others for place in rule.finditer(text)]
    if not fitting:
        return None
    text, place = chance.choice(fitting)
    return text[: place.start()] + ours.wrong + text[place.end() :]


def _another_event(ours: Sentence, chance: Random, _all: object) -> str | None:
    """A sentence of the same pattern about something else: every other name and number differs, two at least."""
    text, changed = ours.text, 0
    for rule in (NUMBER, NAME):
        for place in reversed(list(rule.finditer(text))):
            if place.end() <= text.find(ours.wrong) or place.start() >= text.find(ours.wrong) + len(ours.wrong):
                put = (
                    _other_number(place[0], chance) if rule is NUMBER else OTHER_NAMES.get(ours.language, "Ravensworth")
                )
                text, changed = text[: place.start()] + put + text[place.end() :], changed + 1
    return text if changed > 1 else None


ECHOES = (_another_number, _another_name, _clause_left_out, _clause_put_in, _other_typography)
LOOKALIKES = (_already_right, _third_value, _same_words_elsewhere, _another_event)
