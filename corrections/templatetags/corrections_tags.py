"""Template tags for other apps' templates."""

from django import template
from django.templatetags.static import static
from django.utils.translation import pgettext

from corrections.models import Category

# The dialog's style sheet and everything that dialog.js imports: fetched when words are selected.
LATE_FILES = (
    "reader/suggestion.css",
    *(f"reader/{name}.js" for name in ("dialog", "form_errors", "outbox", "selection", "text_quote")),
    *(f"shared/{name}.js" for name in ("canonical", "highlight", "ranges", "word_diff")),
)

register = template.Library()


@register.simple_tag
def categories() -> list[tuple[str, str]]:
    """Categories of error as (value, label), in one word each: they stand in a row."""
    labels = {
        Category.TYPO: pgettext("kind of mistake, one word", "Spelling"),
        Category.FACT: pgettext("kind of mistake, one word", "Fact"),
        Category.CLARITY: pgettext("kind of mistake, one word", "Unclear"),
        Category.NAME: pgettext("kind of mistake, one word", "Name"),
        Category.LINK: pgettext("kind of mistake, one word", "Link"),
        Category.OTHER: pgettext("kind of mistake, one word", "Other"),
    }
    return [(category.value, labels[category]) for category in Category]


@register.simple_tag
def late_files() -> str:
    """Addresses of the dialog's files, the style sheet first."""
    return " ".join(map(static, LATE_FILES))
