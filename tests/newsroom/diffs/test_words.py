"""A word diff joins back to both texts and reads well, and no text makes it slow."""

import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.diffs.words import Piece, common_prefix, word_diff
from tests.support.random_html import PLAIN

words = st.sampled_from([*PLAIN.split(" "), "the", "a", ".", ","])
texts = st.lists(st.tuples(words, st.sampled_from([" ", " ", "\n\n", "  ", "", "\n"]))).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


def joined(pieces: list[Piece], *ops: str) -> str:
    return "".join(piece.text for piece in pieces if piece.op in ops)


def marked(old: str, new: str) -> str:
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[piece.op].format(piece.text) for piece in word_diff(old, new))


def assert_joins(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert joined(pieces, "equal", "delete") == old
    assert joined(pieces, "equal", "insert") == new
    assert all(piece.text for piece in pieces)
    order = [piece.op for piece in pieces]
    assert all(pair not in {(op, op) for op in order} | {("insert", "delete")} for pair in pairwise(order))


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_pieces_join_to_both_texts(old: str, new: str) -> None:
    assert_joins(old, new)


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text())
def test_pieces_join_whatever_the_characters(old: str, new: str) -> None:
    assert_joins(old, new)


@settings(max_examples=100, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_pieces_join_after_an_edit(old: str, chance: Random) -> None:
    paragraphs = old.split("\n\n")
    paragraphs.insert(chance.randint(0, len(paragraphs)), "new words")
    del paragraphs[chance.randrange(len(paragraphs))]
    assert_joins(old, "\n\n".join(paragraphs))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("They recieve it.", "They receive it.", "They [-recieve-][+receive+] it."),
        ("It is so.", "It is not so.", "It is [+not +]so."),
        ("old cat", "young dog", "[-old cat-][+young dog+]"),
        ("He paid 3.5% of it", "He paid 3.6% of it", "He paid [-3.5-][+3.6+]% of it"),
        ("he don't", "he doesn't", "he [-don't-][+doesn't+]"),
        ("Cafe\u0301 noir", "Cafe noir", "[-Cafe\u0301-][+Cafe+] noir"),
        ("中国人民", "中国的人民", "中国[+的+]人民"),
        ("A b\n\nC d", "A b C d", "A b[-\n\n-][+ +]C d"),
        ("One\n\nTwo\n\nSix", "One\n\nSix", "One\n\n[-Two\n\n-]Six"),
        ("Aa b\n\nCc d", "Xx b\n\nYy d", "[-Aa-][+Xx+] b\n\n[-Cc-][+Yy+] d"),
        ("", "all new", "[+all new+]"),
        ("gone", "", "[-gone-]"),
        ("same", "same", "same"),
    ],
)
def test_a_diff_reads_well(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def rewritten(seed: int, size: int) -> str:
    chance = Random(seed)
    sentences = (" ".join(chance.choices(PLAIN.split(" "), k=12)) + ".\n\n" for _ in range(size // 40))
    return "".join(sentences)[:size]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the same line\n" * 5000, "the same line\n" * 4000 + "x\n" + "the same line\n" * 999),
        ("the same line\n" * 5000, "another line\n" * 5000),
        (rewritten(1, 500_000), rewritten(2, 500_000)),
        (rewritten(1, 300_000), rewritten(2, 300_000)),
        ("\n" * 500_000, "\n x" * 200_000),
        (" " * 500_000, " \t" * 250_000),
        ("x" * 500_000, "xy" * 250_000),
    ],
    ids=["lines", "every line", "500 KB", "300 KB", "line ends", "blanks", "one word"],
)
def test_no_text_makes_it_slow(old: str, new: str) -> None:
    start = time.process_time()
    word_diff(old, new)
    # It takes a quarter of a second at most on a quiet machine; what this must catch takes minutes.
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("old", "new", "length"), [("abcd", "abxd", 2), ("", "a", 0), ("ab", "abc", 2), ("a", "b", 0)])
def test_the_common_beginning_is_measured(old: str, new: str, length: int) -> None:
    assert common_prefix(old, new) == length
