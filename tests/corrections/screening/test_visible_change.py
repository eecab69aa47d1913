"""What a reader would not see changes nothing; Python and scripts agree on it, by the same list."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.screening.visible_change import differs_in_blanks_alone, fold, is_visible_change

CHANGES = json.loads((Path(__file__).parent / "visible_changes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("exact", "replacement", "prefix", "suffix", "is_visible"), CHANGES)
def test_a_change_is_what_can_be_seen(exact: str, replacement: str, prefix: str, suffix: str, is_visible: bool) -> None:
    assert is_visible_change(exact, replacement, prefix=prefix, suffix=suffix) is is_visible
    assert is_visible_change(replacement, exact, prefix=prefix, suffix=suffix) is is_visible
    assert is_visible or differs_in_blanks_alone(exact, replacement)


@given(st.text(alphabet="ab \n\t\u00ad\u0301", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not is_visible_change(text, fold(text), prefix="", suffix="")
