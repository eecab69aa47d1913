"""The admin's yes and no, in the language of the desk: Django's own icons say True and False to who cannot see them."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def boolean_icon(value: bool | None) -> SafeString:
    name, words = {True: ("yes", _("Yes")), False: ("no", _("No")), None: ("unknown", _("Unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


# There is no other way in: every list and every page of a row takes it from here.
setattr(admin_list, "_boolean_icon", boolean_icon)  # noqa: B010  # the stubs do not know it
