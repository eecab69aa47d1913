"""What templates of other apps may ask the correction desk."""

from django import template

from corrections.models import Category

register = template.Library()


@register.simple_tag
def categories() -> list[tuple[str, str]]:
    """The kinds of error that a reader can choose from, as (value, label)."""
    return [(value, str(label)) for value, label in Category.choices]
