"""Template tags for other apps' templates."""

from django import template

from corrections.models import Category

register = template.Library()


@register.simple_tag
def categories() -> list[tuple[str, str]]:
    """Categories of error as (value, label)."""
    return [(value, str(label)) for value, label in Category.choices]
