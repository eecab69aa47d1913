"""A passage is found again after edits, or the answer says plainly that it is not."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corrections.anchoring.relocation import Anchor, Quote, Relocation, Status, place, relocate

LOST = (Status.removed, Status.ambiguous)
TEXT = (
    "The council met on Tuesday. It will recieve the report next week.\n\n"
    "The bridge at Hesper Point is closed. Mr Falko said that the bridge is safe.\n\n"
    "Nobody else spoke. The next meeting is in May."
)


def span_of(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _turn in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def found(old: str, new: str, words: str, *, nth: int = 0, replacement: str | None = None) -> tuple[str, str | None]:
    """The status, and the words that stand at the place found."""
    anchor = relocate(old, new, *span_of(old, words, nth), replacement)
    return anchor.status.value, None if anchor.start is None else new[anchor.start : anchor.end]


@pytest.mark.parametrize(
    ("edit", "words", "answer"),
    [
        (("", ""), "recieve", ("exact", "recieve")),
        (("May", "June"), "recieve", ("exact", "recieve")),
        (("on Tuesday", "on Tuesday evening"), "recieve", ("moved", "recieve")),
        (("recieve", "get"), "recieve", ("changed", "get")),
        (("recieve", "receive"), "will recieve the", ("changed", "will receive the")),
        (("bridge at Hesper", "old bridge at Hesper"), "bridge at", ("changed", "old bridge at")),
        (("Mr Falko said that the bridge is safe.", ""), "Mr Falko said", ("removed", None)),
        (("The bridge at Hesper Point is closed. ", ""), "The bridge at Hesper Point", ("removed", None)),
        (("said that the bridge is safe", "said nothing"), "the bridge", ("removed", None)),
        (("Hesper Point", "Marrowick"), "Hesper Point", ("changed", "Marrowick")),
        (("recieve", "re­cieve"), "recieve", ("moved", "re­cieve")),
    ],
)
def test_an_edit_moves_changes_or_removes_a_passage(
    edit: tuple[str, str], words: str, answer: tuple[str, str | None]
) -> None:
    assert found(TEXT, TEXT.replace(*edit, 1), words) == answer


def test_a_moved_paragraph_takes_its_passages_along() -> None:
    first, second, third = TEXT.split("\n\n")
    assert found(TEXT, "\n\n".join([third, first, second]), "Nobody else") == ("moved", "Nobody else")


def test_of_two_copies_the_one_that_was_marked_is_followed() -> None:
    new = TEXT.replace("The bridge at", "A bridge at")
    anchor = relocate(TEXT, new, *span_of(TEXT, "bridge", 1))
    assert (anchor.start, anchor.end) == span_of(new, "bridge", 1)


def test_a_copy_elsewhere_does_not_stand_for_what_was_deleted() -> None:
    old = "Ferries leave at eight.\n\nPrices rise in May.\n\nFerries leave at eight."
    assert found(old, "Ferries leave at eight.\n\nPrices rise in May.", "Ferries leave at eight", nth=1)[1] is None


@pytest.mark.parametrize(
    ("edit", "replacement", "status"),
    [
        (("recieve", "receive"), "receive", "fixed"),
        (("recieve", "get"), "receive", "changed"),
        ((" next week", ""), "receive", "exact"),
        (("It will recieve the report", "It receives the report"), "receive", "changed"),
    ],
)
def test_what_already_reads_as_suggested_is_fixed(edit: tuple[str, str], replacement: str, status: str) -> None:
    assert found(TEXT, TEXT.replace(*edit), "recieve", replacement=replacement)[0] == status


def test_a_suggestion_to_delete_is_fixed_once_the_words_are_gone() -> None:
    old = "The ferry ferry leaves at eight in the evening from the western quay."
    anchor = relocate(old, old.replace("ferry ferry", "ferry"), 9, 15, "")
    assert anchor.status is Status.fixed


def test_a_suggestion_about_typography_is_not_fixed_by_what_merely_folds_alike() -> None:
    old = 'She said "yes" and left the room before the vote was taken.'
    new = old.replace("left", "soon left")
    assert found(old, new, '"yes"', replacement="“yes”") == ("exact", '"yes"')
    assert found(old, old.replace('"yes"', "“yes”"), '"yes"', replacement="“yes”")[0] == "fixed"


def test_offsets_are_code_points() -> None:
    old = "🚢🚢 The ferry 👩‍👩‍👧 will propably sail."
    new = "🌊 " + old
    anchor = relocate(old, new, *span_of(old, "propably"))
    assert (anchor.start, anchor.end) == span_of(new, "propably")


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 10_000)])
def test_a_span_outside_the_old_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        relocate(TEXT, TEXT, *span)


# At the limits the answer is a plain no, never a guess. ---------------------------------------------------------------
def prose(seed: int, size: int) -> str:
    rng = random.Random(seed)
    words = ["harbour", "council", "bridge", "of", "the", "a", "in", "closed", "report", "ferry", "said", "northern"]
    sentences = (" ".join(rng.choices(words, k=12)).capitalize() + "." for _turn in range(size // 60))
    return "\n\n".join(" ".join(part) for part in zip(*[sentences] * 4, strict=False))


@pytest.mark.parametrize("length", [1, 9, 100, 1000])
def test_after_a_full_rewrite_of_a_long_text_nothing_is_found(length: int) -> None:
    old, new = "x" + prose(1, 500_000), "y" + prose(2, 500_000).replace("e", "é")
    start = old.index("harbour", 250_000)
    assert relocate(old, new, start, start + length).status in LOST


def test_among_thousands_of_identical_lines_no_wrong_line_is_named() -> None:
    old = "\n\n".join(["the same line here"] * 5000)
    start = 20 * 2500
    framed = "Another line\n\n" + old + "\n\nand one more"
    anchor = relocate(old, framed, start, start + 8)
    assert anchor.start in (None, start + 14)
    shuffled = "x\n\n" + old[20 * 7 :] + "\n\ny"
    anchor = relocate(old, shuffled, start, start + 8)
    assert anchor.start is None or shuffled[anchor.start : anchor.end] == old[start : start + 8]


# Properties -----------------------------------------------------------------------------------------------------------
LETTERS = "aabcdeeghij é中щع"


def random_paragraph(rng: random.Random) -> str:
    def word() -> str:
        return "".join(rng.choices(LETTERS, k=rng.randint(1, 7))).strip() or "x"

    def sentence() -> str:
        return " ".join(word() for _turn in range(rng.randint(3, 9))) + "."

    return " ".join(sentence() for _turn in range(rng.randint(1, 4)))


@st.composite
def edited_elsewhere(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """Two texts and a passage of the first: whole paragraphs are put in or taken out, none that holds its words."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    paragraphs = list(dict.fromkeys(random_paragraph(rng) for _turn in range(rng.randint(3, 8))))
    chosen = rng.randrange(len(paragraphs))
    here = paragraphs[chosen]
    first, last = sorted((rng.randint(0, len(here)), rng.randint(0, len(here))))
    words = here[first:last]
    assume(words.strip() == words != "")
    kept = [p for p in paragraphs if p is here or words in p or rng.random() < 0.5]
    for new in (random_paragraph(rng) for _turn in range(rng.randint(0, 3))):
        if words not in new and new not in paragraphs:
            kept.insert(rng.randint(0, len(kept)), new)
    start = sum(len(paragraph) + 2 for paragraph in paragraphs[:chosen]) + first
    return "\n\n".join(paragraphs), "\n\n".join(kept), start, start + len(words)


@given(edited_elsewhere())
def test_an_edit_that_touches_neither_a_passage_nor_its_twins_keeps_it(case: tuple[str, str, int, int]) -> None:
    old, new, start, end = case
    anchor = relocate(old, new, start, end)
    assert anchor.status in (Status.exact, Status.moved)
    assert new[anchor.start : anchor.end] == old[start:end]


@given(edited_elsewhere())
def test_forward_and_back_returns(case: tuple[str, str, int, int]) -> None:
    old, new, start, end = case
    there = relocate(old, new, start, end)
    assert there.start is not None
    assert there.end is not None
    back = relocate(new, old, there.start, there.end)
    assert (back.start, back.end) == (start, end)


@given(st.text(max_size=200), st.text(max_size=200), st.data())
def test_any_two_texts_give_a_sound_answer(old: str, new: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(old)), st.integers(0, len(old)))))
    anchor = relocate(old, new, start, end, data.draw(st.none() | st.text(max_size=20)))
    if anchor.status in (*LOST, Status.unplaced):
        assert anchor.start is None
        assert anchor.end is None
    else:
        assert anchor.start is not None
        assert anchor.end is not None
        assert 0 <= anchor.start <= anchor.end <= len(new)
    assert 0 <= anchor.score <= 1


@given(edited_elsewhere())
def test_one_prepared_pair_answers_as_a_fresh_one(case: tuple[str, str, int, int]) -> None:
    old, new, *_span = case
    prepared = Relocation(old, new)
    for start, end in pairwise(range(0, len(old), 7)):
        assert prepared.relocate(start, end) == relocate(old, new, start, end)


# A fresh quote --------------------------------------------------------------------------------------------------------
def quote(words: str, *, nth: int = 0, text: str = TEXT, shift: int = 0) -> Quote:
    start, end = span_of(text, words, nth)
    before, after = text[max(0, start - 32) : start], text[end : end + 32]
    return Quote("body", words, before, after, start + shift, end + shift, revision=1)


def test_the_browsers_offsets_are_taken_where_text_and_surroundings_agree() -> None:
    assert place(TEXT, quote("bridge", nth=1)) == Anchor(Status.exact, *span_of(TEXT, "bridge", 1), 1.0)


@pytest.mark.parametrize("shift", [-30, 3, 10_000])
def test_wrong_offsets_are_put_right_by_the_surroundings(shift: int) -> None:
    anchor = place(TEXT, quote("bridge", nth=1, shift=shift))
    assert (anchor.status, anchor.start) == (Status.moved, span_of(TEXT, "bridge", 1)[0])


def test_offsets_that_fit_another_copy_are_not_believed() -> None:
    first, second = span_of(TEXT, "bridge"), span_of(TEXT, "bridge", 1)
    sent = quote("bridge", nth=1)
    lying = Quote("body", sent.exact, sent.prefix, sent.suffix, *first, revision=1)
    assert (place(TEXT, lying).start, place(TEXT, lying).end) == second


def test_a_quote_in_other_characters_is_found() -> None:
    sent = Quote("body", "Mr\xa0Falko said that", "is\xa0closed. ", " the bridge", None, None, revision=1)
    anchor = place(TEXT, sent)
    assert TEXT[anchor.start : anchor.end] == "Mr Falko said that"


@pytest.mark.parametrize(
    "sent",
    [
        Quote("body", "Der Rat trat am Dienstag zusammen", "", " und beriet", 0, 33, revision=1),
        Quote("body", "rief", "der Bund be", " den Rat ein", 17, 21, revision=1),
    ],
)
def test_a_translated_page_gives_no_place(sent: Quote) -> None:
    assert place(TEXT, sent).status is Status.unplaced


def test_copies_that_nothing_tells_apart_are_ambiguous() -> None:
    text = "one two. " * 50
    assert place(text, Quote("body", "two", "one ", ". one ", None, None, revision=1)).status is Status.ambiguous


def test_a_letter_that_stands_everywhere_is_ambiguous() -> None:
    text = "a b " * 1000
    assert place(text, Quote("body", "a", "b ", " b", None, None, revision=1)).status is Status.ambiguous


def test_no_short_word_is_found_where_no_word_beside_it_is_the_same() -> None:
    old = "The survey was paid for by the region. All three meet on the shelf between the river and the light."
    new = "Families waited for boats, boats for the tide. On the floor a lamp turned by night, and by day a buoy."
    pair = Relocation(old, new)
    for match in re.finditer(r"\w+", old):
        anchor = pair.relocate(*match.span())
        if anchor.start is not None and anchor.end is not None and new[anchor.start : anchor.end] == match[0]:
            sides = [
                (old[: match.start()], new[: anchor.start], -2, None),
                (old[match.end() :], new[anchor.end :], 0, 2),
            ]
            words = [
                [set(re.findall(r"\w+", text.lower())[low:high]) for text in (was, now)]
                for was, now, low, high in sides
            ]
            assert any(was & now for was, now in words), (match[0], match.start())


@pytest.mark.parametrize(
    ("old", "new", "words", "answer"),
    [
        ("Welcome!", "Welcome! All is new here.", "Welcome", ("exact", "Welcome")),  # the border of the text stays
        ("One. Two. Bridge works", "Wholly new text. Bridge works", "Bridge", ("moved", "Bridge")),
        ("It was a bad bridge.", "That used to be one bad, bad bridge.", "bridge", ("moved", "bridge")),
    ],
)
def test_one_equal_neighbour_proves_a_short_word(old: str, new: str, words: str, answer: tuple[str, str]) -> None:
    assert found(old, new, words) == answer


# Fields --------------------------------------------------------------------------------------------------------------
HEADLINE, BODY = "The bridge is closed", "It is closed until May."


@pytest.mark.parametrize(
    "exact", ["is closed\n\nIt is", "is closedIt is", "is closed It is", f"{HEADLINE}\n\n{BODY}", f"{HEADLINE}\n{BODY}"]
)
@pytest.mark.parametrize("text", [HEADLINE, BODY])
def test_a_quote_over_two_fields_stands_in_neither(text: str, exact: str) -> None:
    start = max(text.find(exact[:9]), 0)
    for quote in (
        Quote("body", exact, "", "", start, start + len(exact), 1),
        Quote("body", exact, "", "", None, None, 1),
    ):
        assert place(text, quote).status is Status.unplaced
