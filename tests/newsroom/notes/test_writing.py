"""The sentence that fits a change; whatever the change, it names what changed."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.diffs.note_check import names_change
from newsroom.notes.writing import PLACEHOLDERS, PatternError, Sentence, check_pattern, write_note
from newsroom.text.canonical import Wording

PATTERNS = {
    sentence: f"{sentence.value}: " + ", ".join(f"{{{name}}}" for name in sorted(names, reverse=True))
    for sentence, names in PLACEHOLDERS.items()
}
TEXTS = {
    "en": "The council will not close 14 bridges, of which Ann O’Neill-Park (67) saw three on Monday. It says “no”.",
    "de": "Der Rat schließt 14 Brücken nicht, von denen Anna Groß-Müller (67) am Montag drei zählte. Er sagte „nein“.",
    "es": "El concejo no cerrará 14 puentes, de los que Ana Núñez (67) contó tres el lunes. ¿Por qué? Dijo «no».",
    "fr": "Le conseil ne ferme pas 14 ponts, dont Anne d’Arc (67) a compté trois lundi à 10 h. Il a dit « non ».",
    "uk": "Рада не закриє 14 мостів, з яких Ганна Лисенко-Шевчук (67) у понеділок полічила три. Вона сказала «ні».",
    "ar": "لن يغلق المجلس ١٤ جسرًا، عدّت منها آنا الشريف (67) ثلاثة يوم الاثنين. وقال إنه لا يعرف «السبب».",
}


def wording(text: str, headline: str = "Bridges") -> Wording:
    return Wording(headline=headline, standfirst="", byline="", body=f"<p>{text}</p>")


def note(before: str, after: str, language: str = "en", *, clearer: bool = False) -> str:
    return write_note(wording(before), wording(after), language=language, patterns=PATTERNS, clearer=clearer)


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("It has 14 bridges.", "It has 15 bridges.", "number: “14 bridges”, “15 bridges”"),
        ("Then Ann Lee came.", "Then Anna Lee came.", "name: “Ann Lee”, “Anna Lee”"),
        ("It is a big bridge.", "It is a long bridge.", "words: “big”, “long”"),
        ("It fell. Nobody was hurt there. It rose.", "It fell. It rose.", "removed: “Nobody was hurt there”"),
        ("It fell. It rose.", "It fell. Nobody was hurt there. It rose.", "added: “Nobody was hurt there”"),
        (
            "All 14 bridges are old, and the mayor of the town came.",
            "All 15 bridges are old, and the council of the town came.",
            "several: item-words: “14 bridges”, “15 bridges”; item-words: “mayor”, “council”",
        ),
        ('<a href="/a/">It</a> fell.', '<a href="/b/">It</a> fell.', "link: "),
        ("It <em>fell</em>.", "It fell.", ""),
    ],
)
def test_the_sentence_fits_the_change(before: str, after: str, written: str) -> None:
    assert note(before, after) == written


def test_a_clarification_has_sentences_of_its_own() -> None:
    assert note("It has 14 bridges.", "It has 15 bridges.", clearer=True) == "clearer-words: “14 bridges”, “15 bridges”"
    assert note("It fell.", "It fell. It was old by then.", clearer=True) == "clearer-added: “It was old by then”"


def test_of_many_changes_four_are_named() -> None:
    before = ". ".join(f"The bridge number {n} is nice" for n in range(10, 16))
    after = before.replace("nice", "ugly").replace("1", "2")
    assert note(before, after).count("item-words") == 4
    assert note(before, after).endswith("…")


def test_a_long_passage_is_cut_where_it_differs() -> None:
    same = "of the of in on " * 20
    written = note(f"{same}and of the mayor.", f"{same}and of the council who came.")
    assert "mayor" in written
    assert len(written) < 300


@pytest.mark.parametrize("language", sorted(TEXTS))
@given(seed=st.integers(0, 10**9), edits=st.integers(1, 8), clearer=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_note_names_what_changed_whatever_it_was(language: str, seed: int, edits: int, clearer: bool) -> None:
    chance = random.Random(seed)
    before = wording(" ".join(TEXTS[language] for _ in range(chance.randint(1, 3))))
    after = edited(before, chance, edits, language)
    written = write_note(before, after, language=language, patterns=PATTERNS, clearer=clearer)
    assert names_change(written, before, after), written
    assert written or before == after or not re.search(r"\w", "".join(set(after.body) ^ set(before.body)))


def edited(before: Wording, chance: random.Random, edits: int, language: str) -> Wording:
    """Some words taken out, put in, replaced, spelled otherwise or moved."""
    words = before.body.removeprefix("<p>").removesuffix("</p>").split(" ")
    everybodys = " ".join(TEXTS.values()).split(" ")
    others = [*TEXTS[language].split(" "), *chance.sample(everybodys, 10)]
    for _edit in range(edits):
        at, size = chance.randrange(len(words)), chance.randint(1, 12)
        new = [chance.choice(others) for _word in range(chance.randint(0, 3))]
        match chance.randrange(5):
            case 0:
                words[at : at + size] = new
            case 1:
                words[at:at] = new
            case 2:
                words[at] = words[at][1:] + words[at][:1]
            case 3:
                words[at] = str(chance.randrange(1000))
            case _:
                words.insert(at, words.pop(chance.randrange(len(words))))
        words = words or ["x"]
    return wording(" ".join(words), headline=chance.choice(["Bridges", "Bridges", others[0]]))


@pytest.mark.parametrize(
    ("sentence", "pattern", "is_right"),
    [
        (Sentence.NUMBER, "Not {old}: {new}", True),
        (Sentence.NUMBER, "It is {new}", False),
        (Sentence.NUMBER, "Not {old}: {new} {changes}", False),
        (Sentence.NUMBER, "{old.__class__} {old} {new}", False),
        (Sentence.REMOVED, "Without {old}", True),
        (Sentence.SEVERAL, "All: {changes}", True),
        (Sentence.RETRACTION, "Gone.", True),
        (Sentence.RETRACTION, "Gone: {old}", False),
    ],
)
def test_a_pattern_has_the_placeholders_of_its_sentence(sentence: Sentence, pattern: str, is_right: bool) -> None:
    if is_right:
        check_pattern(sentence, pattern)
    else:
        with pytest.raises(PatternError):
            check_pattern(sentence, pattern)
