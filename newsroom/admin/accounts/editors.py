"""Admin of editors and groups: nobody can grant permissions that they do not hold."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm, UsernameField
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Count, ManyToManyField, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.sessions import end_sessions
from newsroom.accounts.two_factor import has_second_factor, reset
from newsroom.admin.access import DESK_STYLES, ReadOnly, editor_of
from newsroom.admin.missing_translations import PASSWORD_LOST, USABLE_PASSWORD
from newsroom.audit.head import note_public_change
from newsroom.models import Editor

SUPERUSER_FIELDS = ("is_superuser", "user_permissions")
RIGHTS: dict[str, Any] = {
    "view": _("See: %(things)s"),
    "add": _("Add: %(things)s"),
    "change": _("Change: %(things)s"),
    "delete": _("Delete: %(things)s"),
}


class NewEditorForm(AdminUserCreationForm):
    class Meta:
        model = Editor
        fields = ("username", "public_name", "is_staff", "groups")
        field_classes: ClassVar[Any] = {"username": UsernameField}


class EditorForm(UserChangeForm[Editor]):
    class Meta:
        model = Editor
        fields = "__all__"
        field_classes: ClassVar[Any] = {"username": UsernameField}


class EditorPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # not generic at run time
    """Django's help text is built at import time, so it would stay in English."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = format_html(
                '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                gettext(USABLE_PASSWORD),
                gettext(PASSWORD_LOST),
            )


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Groups by translated name; names of a desk's own groups stay as they are."""

    def label_from_instance(self, obj: Group) -> str:
        return gettext(obj.name)


class GroupFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        choices = super().field_choices(field, request, model_admin)
        return [(str(key), gettext(str(name))) for key, name in choices]


@admin.register(Editor)
class EditorAdmin(UserAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Accounts with more permissions than the viewer's are read-only."""

    add_form, form, change_password_form = NewEditorForm, EditorForm, EditorPasswordForm
    actions = None
    change_form_template = "admin/newsroom/editor/change_form.html"
    list_display = ("username", "public_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", ("groups", GroupFilter))
    search_fields = ("username", "public_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("username", "password")}),
        (_("Name"), {"fields": ("public_name", "first_name", "last_name", "email")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "groups", *SUPERUSER_FIELDS)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets: Any = (
        (None, {"fields": ("username", "public_name", "usable_password", "password1", "password2")}),
        (_("Permissions"), {"fields": ("is_staff", "groups")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Editor | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [(name, {**options, "fields": _without(options["fields"])}) for name, options in fieldsets]

    def has_change_permission(self, request: HttpRequest, obj: Editor | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or has_no_more_permissions(obj, than=request.user)
        )

    def get_urls(self) -> list[URLPattern]:
        reset_page = self.admin_site.admin_view(self.reset_second_factor)
        return [path("<int:pk>/second-factor/", reset_page, name="newsroom_editor_second_factor"), *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For an editor who lost phone and recovery codes."""
        by = editor_of(request, "newsroom.change_editor")
        editor = get_object_or_404(Editor, pk=pk)
        if not self.has_change_permission(request, editor):
            raise PermissionDenied
        if request.method == "POST" and has_second_factor(editor):
            reset(editor, by=by)
            end_sessions(editor)
            messages.success(request, _("The second factor is off, and every log-in of this account was ended."))
        return redirect("admin:newsroom_editor_change", pk)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        editor = self.get_object(request, object_id)
        context = {"has_second_factor": editor is not None and has_second_factor(editor)}
        kwargs["extra_context"] = (kwargs.get("extra_context") or {}) | context
        return super().change_view(request, object_id, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Editor | None = None) -> bool:
        return False  # public revisions name their editors: accounts are deactivated instead

    def save_model(self, request: HttpRequest, obj: Editor, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        note_public_change()  # the public name appears beside revisions

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs |= {"queryset": grantable_groups(request.user), "widget": forms.CheckboxSelectMultiple}
            kwargs["form_class"] = GroupsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    class Media:
        css = DESK_STYLES


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


def has_no_more_permissions(editor: Editor, *, than: Any) -> bool:
    """Whether every permission of `editor` is also one of `than`; inactive accounts count as active."""
    if than.is_superuser:
        return True
    return not editor.is_superuser and set(_permissions_of(editor)) <= set(_permissions_of(than))


def grantable_groups(editor: Any) -> Any:
    """Groups whose permissions the editor holds."""
    groups = Group.objects.order_by("name")
    if editor.is_superuser:
        return groups
    beyond = Permission.objects.exclude(pk__in=_permissions_of(editor))
    return groups.annotate(beyond=Count("permissions", filter=Q(permissions__in=beyond))).filter(beyond=0)


def _permissions_of(editor: Editor) -> Any:
    held = Permission.objects.filter(Q(group__user=editor) | Q(user=editor))
    return held.distinct().values_list("pk", flat=True)


def _without(fields: Any) -> tuple[str, ...]:
    return tuple(name for name in fields if name not in SUPERUSER_FIELDS)
