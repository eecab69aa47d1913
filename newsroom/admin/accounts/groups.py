"""Admin of groups, read-only, and their fields and filters in the language of the viewer."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.admin.access import DESK_STYLES, ReadOnly

RIGHTS: dict[str, Any] = {
    "view": _("See: %(things)s"),
    "add": _("Add: %(things)s"),
    "change": _("Change: %(things)s"),
    "delete": _("Delete: %(things)s"),
}


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Groups by translated name; names of a desk's own groups stay as they are."""

    def label_from_instance(self, obj: Group) -> str:
        return gettext(obj.name)


class GroupFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        choices = super().field_choices(field, request, model_admin)
        return [(str(key), gettext(str(name))) for key, name in choices]


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnly, DjangoGroupAdmin):
    """Read-only: permissions of groups are granted by newsroom.accounts.roles."""

    filter_horizontal = ()
    list_display = ("told_name",)
    fields = ("told_name", "rights")
    readonly_fields = ("told_name", "rights")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Group | None:
        """With a translated name; never saved."""
        group: Group | None = super().get_object(request, object_id, from_field)
        if group:
            group.name = gettext(group.name)
        return group

    @admin.display(description=_("name"), ordering="name")
    def told_name(self, group: Group) -> str:
        return gettext(group.name)

    @admin.display(description=_("permissions"))
    def rights(self, group: Group) -> str:
        permissions = group.permissions.select_related("content_type").order_by("content_type__app_label", "codename")
        return format_html_join("", "<p>{}</p>", ((permission_label(each),) for each in permissions))

    class Media:
        css = DESK_STYLES


def permission_label(permission: Permission) -> str:
    """Django stores its four default permissions as English sentences; these are translated here."""
    action, model = permission.codename.partition("_")[0], permission.content_type.model_class()
    if action == "view" and model and hasattr(model, "instance_type"):  # history model of django-simple-history
        return gettext("See the history of: %(things)s") % {"things": model.instance_type._meta.verbose_name_plural}
    if action in RIGHTS and model and permission.codename == f"{action}_{model._meta.model_name}":
        return str(RIGHTS[action]) % {"things": model._meta.verbose_name_plural}
    return gettext(permission.name)
