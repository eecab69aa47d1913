"""Boolean icons of the admin with a translated alt text; Django's say True and False."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def boolean_icon(value: bool | None) -> SafeString:
    name, words = {True: ("yes", _("Yes")), False: ("no", _("No")), None: ("unknown", _("Unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


# Monkeypatch: Django has no hook for it.
setattr(admin_list, "_boolean_icon", boolean_icon)  # noqa: B010  # the stubs do not know it
