"""Accounts in the admin: the desk chief gives what they hold themselves, and not more."""

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

OF_SUPERUSERS = ("is_superuser", "user_permissions")
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


class EditorPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # it takes no parameter when it runs
    """Django puts the help of its own together as it is loaded, and so in English for ever."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = format_html(
                '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                gettext(USABLE_PASSWORD),
                gettext(PASSWORD_LOST),
            )


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes no parameter when it runs
    """Groups by their names in the editor's language; what a desk named itself stays as it is."""

    def label_from_instance(self, obj: Group) -> str:
        return gettext(obj.name)


class GroupFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        choices = super().field_choices(field, request, model_admin)
        return [(str(key), gettext(str(name))) for key, name in choices]


@admin.register(Editor)
class EditorAdmin(UserAdmin):  # type: ignore[type-arg]  # Django's own class takes no parameter when it runs
    """An account that holds more than the one who looks at it can be seen by them, and not changed."""

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
        (_("Permissions"), {"fields": ("is_active", "is_staff", "groups", *OF_SUPERUSERS)}),
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
        return super().has_change_permission(request, obj) and (obj is None or holds_no_more(obj, than=request.user))

    def get_urls(self) -> list[URLPattern]:
        reset_page = self.admin_site.admin_view(self.reset_second_factor)
        return [path("<int:pk>/second-factor/", reset_page, name="newsroom_editor_second_factor"), *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For an editor who lost the phone and the codes."""
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
        return False  # the record names its editors: an account that is no longer used is made inactive

    def save_model(self, request: HttpRequest, obj: Editor, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        note_public_change()  # the name stands beside revisions

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs |= {"queryset": groups_given_by(request.user), "widget": forms.CheckboxSelectMultiple}
            kwargs["form_class"] = GroupsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    class Media:
        css = DESK_STYLES


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnly, DjangoGroupAdmin):
    """What each group may do; the table in the code says so."""

    filter_horizontal = ()
    list_display = ("told_name",)
    fields = ("told_name", "rights")
    readonly_fields = ("told_name", "rights")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Group | None:
        """Named in the editor's language; nothing here is ever saved."""
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
        return format_html_join("", "<p>{}</p>", ((told_right(each),) for each in permissions))

    class Media:
        css = DESK_STYLES


def told_right(permission: Permission) -> str:
    """Django's own four are stored as English sentences with a name put in; they are worded anew here."""
    action, model = permission.codename.partition("_")[0], permission.content_type.model_class()
    if action == "view" and model and hasattr(model, "instance_type"):  # django-simple-history's own
        return gettext("See the history of: %(things)s") % {"things": model.instance_type._meta.verbose_name_plural}
    if action in RIGHTS and model and permission.codename == f"{action}_{model._meta.model_name}":
        return str(RIGHTS[action]) % {"things": model._meta.verbose_name_plural}
    return gettext(permission.name)


def holds_no_more(editor: Editor, *, than: Any) -> bool:
    """Whether every permission of the one is the other's too; an account that sleeps counts as if it were awake."""
    if than.is_superuser:
        return True
    return not editor.is_superuser and set(_held_by(editor)) <= set(_held_by(than))


def groups_given_by(editor: Any) -> Any:
    """The groups whose every permission the editor holds."""
    groups = Group.objects.order_by("name")
    if editor.is_superuser:
        return groups
    beyond = Permission.objects.exclude(pk__in=_held_by(editor))
    return groups.annotate(beyond=Count("permissions", filter=Q(permissions__in=beyond))).filter(beyond=0)


def _held_by(editor: Editor) -> Any:
    held = Permission.objects.filter(Q(group__user=editor) | Q(user=editor))
    return held.distinct().values_list("pk", flat=True)


def _without(fields: Any) -> tuple[str, ...]:
    return tuple(name for name in fields if name not in OF_SUPERUSERS)
