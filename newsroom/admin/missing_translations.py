"""Msgids of Django and django-simple-history without a translation in one of our languages.

Our catalogues have precedence over those of packages.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

SENTENCES = (
    # Admin pages
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    # Accounts
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    # Validation of forms
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("“%(pk)s” is not a valid value."),
    # History pages of django-simple-history
    gettext_noop("View history: %s"),
    gettext_noop("Change history: %s"),
    gettext_noop("Created"),
    gettext_noop("Changed"),
    gettext_noop("Deleted"),
    gettext_noop("This object doesn't have a change history."),
)
