"""Letters of another script that pass for those of the passage are named."""

import pytest

from corrections.screening.flags import Flag, describe_code_points
from tests.support.flagged import flags


@pytest.mark.parametrize(
    ("exact", "replacement", "names"),
    [
        ("apple", "\u0430pple", ["U+0430 CYRILLIC SMALL LETTER A"]),
        ("хата", "х\u0061та", ["U+0061 LATIN SMALL LETTER A"]),
        ("Athens", "\u0391thens", ["U+0391 GREEK CAPITAL LETTER ALPHA"]),
        (
            "copy",
            "сору",
            [
                "U+043E CYRILLIC SMALL LETTER O",
                "U+0440 CYRILLIC SMALL LETTER ER",
                "U+0441 CYRILLIC SMALL LETTER ES",
                "U+0443 CYRILLIC SMALL LETTER U",
            ],
        ),
    ],
)
def test_new_look_alikes_are_named(exact: str, replacement: str, names: list[str]) -> None:
    assert Flag.MIXED_SCRIPTS in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == names


@pytest.mark.parametrize(
    ("exact", "replacement"),
    [
        ("компанія", "IT-компанія"),
        ("телефон", "iPhone’и"),
        ("5 mm", "5 μm and 3 kΩ"),
        ("\u0430pple", "apple"),
        ("\u0430pple pi", "\u0430pple pie"),
        ("Kyiv", "Kyiv (Київ)"),
        ("Бі-бі-сі", "BBC"),
    ],
)
def test_two_scripts_side_by_side_are_no_disguise(exact: str, replacement: str) -> None:
    assert Flag.MIXED_SCRIPTS not in flags(exact, replacement)
