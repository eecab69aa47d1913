"""The tags that other templates use."""

import re
from pathlib import Path

from django.conf import settings

from corrections.models import Category
from corrections.templatetags.corrections_tags import LATE_FILES, categories

STATIC = Path(settings.BASE_DIR) / "static"
IMPORT = re.compile(r"""\bfrom\s+"(\.{1,2}/[^"]+)";""")


def test_each_category_is_offered_in_one_word() -> None:
    offered = categories()
    assert [value for value, _label in offered] == Category.values
    assert all(type(label) is str and re.fullmatch(r"\w+", label) for _value, label in offered)


def test_all_that_the_dialog_imports_is_fetched_before_it() -> None:
    """A module that were missing would be fetched by the import itself, whose failure a browser may remember."""
    needed, owed = set[Path](), [STATIC / "reader" / "dialog.js"]
    while owed:
        path = owed.pop()
        if path not in needed:
            needed.add(path)
            owed += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    styles, *modules = (STATIC / name for name in LATE_FILES)
    assert styles.name == "suggestion.css"
    assert set(modules) == needed
