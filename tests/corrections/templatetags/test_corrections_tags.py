"""The tags that other templates use."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from corrections.models import Category
from corrections.templatetags.corrections_tags import LATE_FILES, categories

STATIC = Path(settings.BASE_DIR) / "static"
IMPORT = re.compile(r"""\bfrom\s+"(\.{1,2}/[^"]+)";""")


def test_each_category_is_offered_in_one_word() -> None:
    offered = categories()
    assert [value for value, _label in offered] == Category.values
    assert all(type(label) is str and re.fullmatch(r"\w+", label) for _value, label in offered)


@pytest.mark.parametrize("name", LATE_FILES)
def test_all_that_a_late_module_imports_is_fetched_before_it(name: str) -> None:
    """A module that were missing would be fetched by the import itself, whose failure a browser may remember."""
    first, *others = (STATIC / file for file in LATE_FILES[name])
    needed, owed = {STATIC / "reader" / "entry.js"}, [first]
    while owed:
        path = owed.pop()
        if path not in needed:
            needed.add(path)
            owed += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    assert {first, *(path for path in others if path.suffix == ".js")} == needed - {STATIC / "reader" / "entry.js"}
    assert [path.name for path in others if path.suffix == ".css"] == ["suggestion.css"] * (name == "dialog")


def test_no_module_of_an_article_page_is_imported_before_its_files_are_there() -> None:
    scripts = [
        path.read_text(encoding="utf-8") for path in (STATIC / "reader").glob("*.js") if path.name != "follow_entry.js"
    ]
    assert [script for script in scripts if re.search(r"await import\(['\"]", script)] == []
