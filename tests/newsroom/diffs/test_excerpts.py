"""What is shown of a change and of the text around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.diffs.excerpts import DiffRun, around, changed_runs, excerpt, marked_runs

LONG = "word " * 100


def shown(runs: list[DiffRun]) -> str:
    signs = {"equal": "{}", "insert": "+{}+", "delete": "-{}-", "mark": "[{}]"}
    return "".join(signs[run.op].format(run.text) for run in runs)


def test_a_short_text_is_shown_whole() -> None:
    assert shown(excerpt(changed_runs("teh", "the", before="In ", after=" end"))) == "In -teh-+the+ end"


def test_a_long_text_is_cut_at_its_words_and_says_so() -> None:
    runs = excerpt(changed_runs("teh", "the", before=LONG, after=f" {LONG}"), context=12)
    assert shown(runs) == "…word word -teh-+the+ word word…"


def test_what_stays_between_two_changes_is_cut_in_its_middle() -> None:
    runs = excerpt(changed_runs(f"one {LONG}two", f"uno {LONG}due"), context=12)
    assert shown(runs) == "-one-+uno+ word word … word word -two-+due+"


def test_a_long_beginning_without_a_change_is_cut_too() -> None:
    assert shown(excerpt(changed_runs(f"{LONG}teh", f"{LONG}the"), context=12)) == "…word word -teh-+the+"


def test_a_text_without_a_change_has_no_excerpt() -> None:
    assert excerpt(changed_runs("same", "same", before="the ")) == []


def test_a_passage_without_new_words_is_marked() -> None:
    assert shown(excerpt(marked_runs("14", before="of ", after=" bridges"))) == "of [14] bridges"


def test_the_surroundings_end_with_the_line() -> None:
    assert around("one\n\ntwo three four\nfive", 9, 14) == ("two ", " four")


@pytest.mark.parametrize("reach", [1, 7, 60])
@given(before=st.text(), old=st.text(), new=st.text(), after=st.text())
def test_no_word_of_a_change_is_ever_cut(reach: int, before: str, old: str, new: str, after: str) -> None:
    runs = changed_runs(old, new, before=before, after=after)
    kept = excerpt(runs, context=reach)
    if old != new:
        for op in ("insert", "delete"):
            assert [run.text for run in kept if run.op == op] == [run.text for run in runs if run.op == op]
