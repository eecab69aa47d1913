"""The tags that other templates use."""

from corrections.models import Category
from corrections.templatetags.corrections_tags import categories


def test_each_category_is_offered_by_its_label() -> None:
    offered = categories()
    assert [value for value, _label in offered] == Category.values
    assert all(type(label) is str and label for _value, label in offered)
