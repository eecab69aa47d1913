"""Changes as whole words that make sense beside each other."""

import pytest

from newsroom.notes.passages import Shape, changed_passages
from newsroom.text.canonical import Wording

CASES = [
    ("en", "He worked 67 years here.", "He worked 57 years here.", "67 years", "57 years", "number"),
    ("en", "She is 67, he said.", "She is 57, he said.", "is 67", "is 57", "words"),
    ("en", "The 67-year-old man.", "The 57-year-old man.", "67-year-old", "57-year-old", "number"),
    ("en", "It rose by 5 % in May.", "It rose by 7 % in May.", "5 %", "7 %", "number"),
    ("en", "It cost €5 million.", "It cost €7 million.", "€5 million", "€7 million", "number"),
    ("en", "In 67 per cent of them.", "In 57 per cent of them.", "67 per cent", "57 per cent", "number"),
    ("en", "In 1967, it opened.", "In 1968, it opened.", "1967", "1968", "number"),
    ("en", "It ended at 22:40.", "It ended at 21:40.", "22:40", "21:40", "number"),
    ("en", "All met on Monday, again.", "All met on Tuesday, again.", "Monday", "Tuesday", "number"),
    ("en", "Then Jon Smith spoke.", "Then John Smith spoke.", "Jon Smith", "John Smith", "name"),
    ("en", "They did not say so.", "They did say so.", "did not say", "did say", "words"),
    ("en", "He ate a apple.", "He ate an apple.", "ate a apple", "ate an apple", "words"),
    ("en", "He said “yes” to it.", "He said “no” to it.", "yes", "no", "words"),
    ("en", "The U.S. army came.", "The U.K. army came.", "The U.S. army", "The U.K. army", "words"),
    ("en", "It opened. It shut last winter. It is new.", "It opened. It is new.", "It shut last winter", "", "removed"),
    ("en", "It opened. It is new.", "It opened. It shut last winter. It is new.", "", "It shut last winter", "added"),
    ("de", "Er war 67 Jahre dort.", "Er war 57 Jahre dort.", "67 Jahre", "57 Jahre", "number"),
    ("de", "Die Brücke ist zu.", "Die Straße ist zu.", "Brücke", "Straße", "words"),
    ("uk", "Він працював 67 років там.", "Він працював 57 років там.", "67 років", "57 років", "number"),
    ("ar", "عمل 67 عامًا هناك.", "عمل 57 عامًا هناك.", "67 عامًا", "57 عامًا", "number"),
    ("fr", "Le maire, M. Dupond, est là.", "Le maire, M. Dupont, est là.", "Dupond", "Dupont", "name"),
]


@pytest.mark.parametrize(("language", "before", "after", "old", "new", "shape"), CASES)
def test_a_change_is_told_in_whole_words_with_what_it_needs(
    language: str, before: str, after: str, old: str, new: str, shape: str
) -> None:
    [passage] = changed_passages(wording(before), wording(after), language=language)
    assert (passage.old, passage.new, passage.shape) == (old, new, Shape(shape))


def test_the_same_change_twice_is_told_once_and_others_in_their_order() -> None:
    old = wording("It has 14 bridges. All 14 bridges are old. The mayor came.")
    new = wording("It has 15 bridges. All 15 bridges are old. The council came.")
    assert [each.old for each in changed_passages(old, new, language="en")] == ["14 bridges", "mayor"]


def wording(text: str) -> Wording:
    return Wording(headline="Bridges", standfirst="", byline="", body=f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{'a' * 100_000} 5 b.", f"{'a' * 100_000} 6 b."),
        (f"{'ha ' * 40_000}end.", f"{'ha ' * 60_000}end."),
    ],
)
def test_a_very_long_paragraph_is_read_a_few_times_only(old: str, new: str) -> None:
    before, after = (Wording(headline="H", standfirst="", byline="", body=f"<p>{text}</p>") for text in (old, new))
    assert len(changed_passages(before, after, language="en")) == 1
