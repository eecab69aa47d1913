"""Template tags for other apps' templates."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import pgettext

from corrections.models import Category

# What an article page fetches late: a module under a name, then all that it imports (and the dialog's style sheet).
OWN = (
    *(f"reader/{name}.js" for name in ("my_suggestions", "outbox", "selection", "text_quote")),
    *(f"shared/{name}.js" for name in ("canonical", "highlight", "quote_search", "ranges")),
)
SPOT = ("permalink", "canonical", "deletion_context", "highlight", "quote_search", "ranges")
LATE_FILES = {
    "dialog": (
        *(f"reader/{name}.js" for name in ("dialog", "form_errors", "outbox", "selection", "text_quote")),
        *(f"shared/{name}.js" for name in ("canonical", "highlight", "ranges", "word_diff")),
        "reader/suggestion.css",
    ),
    "known": ("reader/prior_reports.js", *OWN),
    "own": OWN,
    "picker": (
        *(f"reader/{name}.js" for name in ("sentence_picker", "selection", "text_quote")),
        *(f"shared/{name}.js" for name in ("canonical", "ranges")),
    ),
    "puzzle": ("reader/proof_of_work.js",),
    "spot": tuple(f"shared/{name}.js" for name in SPOT),
    "thanks": ("reader/thanks.js", *OWN),
}

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
def late_files(base: str = "") -> list[tuple[str, str]]:
    """The name of each late module, and the addresses of its files; absolute ones for another site's page."""
    return [(name, " ".join(_address(file, base) for file in files)) for name, files in LATE_FILES.items()]


def _address(file: str, base: str) -> str:
    if base and file == "reader/suggestion.css":
        return f"{base}{reverse('embed-style', args=['suggestion'])}"
    return f"{base}{static(file)}"
