"""Admin of editors and groups: nobody can grant permissions that they do not hold."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, ManyToManyField, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.link_mail import mail_link
from newsroom.accounts.password_links import NoAddress, PasswordLink, make_link
from newsroom.accounts.sessions import end_sessions
from newsroom.accounts.two_factor import has_second_factor, reset
from newsroom.admin.access import DESK_STYLES, editor_of
from newsroom.admin.accounts.groups import GroupFilter, GroupsField
from newsroom.admin.lookups import StrictLookups
from newsroom.audit.account_acts import (
    AccountState,
    AddressAsName,
    account_state,
    append_account_added,
    append_account_changes,
    refuse_address_as_name,
)
from newsroom.audit.head import note_public_change
from newsroom.models import Editor

CHANGE = "newsroom.change_editor"
NAMES = ("username", "public_name", "first_name", "last_name", "email")
SUPERUSER_FIELDS = ("is_superuser", "user_permissions")


class AccountForm(forms.ModelForm[Editor]):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "username" in self.fields:  # who may only read the account gets no fields
            self.fields["username"].help_text = _("To log in with; letters, digits and . + - _, not an e-mail address.")

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username != self.initial.get("username"):
            try:
                refuse_address_as_name(username)
            except AddressAsName:
                sentence = _("The record keeps this name for ever: choose one that is not an e-mail address.")
                raise forms.ValidationError(sentence) from None
        return username


class NewEditorForm(AccountForm):
    """Without a password: the editor chooses one behind the link of the invitation."""

    class Meta:
        model = Editor
        fields = ("username", "public_name", "email", "groups")
        field_classes: ClassVar[Any] = {"username": UsernameField}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The invitation goes to this address.")


class EditorForm(AccountForm):
    before: AccountState  # set when the form is saved

    class Meta:
        model = Editor
        # Not the password: nobody sets that of another.
        fields = (*NAMES, "is_active", "is_staff", "groups", *SUPERUSER_FIELDS)
        field_classes: ClassVar[Any] = {"username": UsernameField}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if isinstance(permissions := self.fields.get("user_permissions"), forms.ModelMultipleChoiceField):
            permissions.queryset = Permission.objects.select_related("content_type")  # each label shows its model


@admin.register(Editor)
class EditorAdmin(StrictLookups, UserAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Accounts with more permissions than the viewer's are read-only."""

    add_form, form = NewEditorForm, EditorForm
    actions = None
    add_form_template = None
    change_form_template = "admin/newsroom/editor/change_form.html"
    list_display = ("username", "public_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", ("groups", GroupFilter))
    search_fields = ("username", "public_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets: ClassVar[Any] = (
        (_("Name"), {"fields": NAMES}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "groups", *SUPERUSER_FIELDS)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets: Any = (
        (None, {"fields": ("username", "public_name", "email")}),
        (_("Permissions"), {"fields": ("groups",)}),
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
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/second-factor/", wrap(self.reset_second_factor), name="newsroom_editor_second_factor"),
            path("<int:pk>/password-link/", wrap(self.send_password_link), name="newsroom_editor_password_link"),
        ]
        # Without Django's page on which one sets the password of another.
        return [*own, *(url for url in super().get_urls() if url.name != "auth_user_password_change")]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For an editor who lost phone and recovery codes."""
        editor, by = self._changeable(request, pk)
        if request.method == "POST" and has_second_factor(editor):
            reset(editor, by=by)
            end_sessions(editor)
            messages.success(request, _("The second factor is off, and every log-in of this account was ended."))
        return redirect("admin:newsroom_editor_change", pk)

    def send_password_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail the editor a link: the invitation again, or a reset for one who lost the password."""
        editor, by = self._changeable(request, pk)
        if request.method == "POST":
            try:
                _mail(request, make_link(editor, by=by))
            except NoAddress:
                messages.warning(request, _("This account has no e-mail address; enter one and save it first."))
        return redirect("admin:newsroom_editor_change", pk)

    def _changeable(self, request: HttpRequest, pk: int) -> tuple[Editor, Editor]:
        """The account, and who is about to change it. Raises Http404, PermissionDenied."""
        by = editor_of(request, CHANGE)
        editor = get_object_or_404(Editor, pk=pk)
        if not self.has_change_permission(request, editor):
            raise PermissionDenied
        return editor, by

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        editor = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if editor is not None and self.has_change_permission(request, editor):
            context = {"has_second_factor": has_second_factor(editor), "may_get_link": editor.is_active}
        kwargs["extra_context"] = (kwargs.get("extra_context") or {}) | context
        return super().change_view(request, object_id, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Editor | None = None) -> bool:
        return False  # public revisions name their editors: accounts are deactivated instead

    def save_model(self, request: HttpRequest, obj: Editor, form: Any, change: bool) -> None:
        if change:
            form.before = account_state(obj)
            # These columns alone: password and last log-in may have changed since the row was read.
            columns = {field.name for field in Editor._meta.concrete_fields}
            obj.save(update_fields=columns.intersection(form.changed_data))
        else:
            obj.is_staff = True  # a group alone opens no desk
            obj.set_unusable_password()
            obj.save()
        note_public_change()  # the public name appears beside revisions

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Groups are saved here, after the row; so the acts are appended here."""
        super().save_related(request, form, formsets, change)
        editor, by = form.instance, editor_of(request, CHANGE)
        if change:
            append_account_changes(editor, before=form.before, by=by)
            return
        append_account_added(editor, by=by)
        link = make_link(editor, by=by)
        transaction.on_commit(lambda: _mail(request, link))

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            kwargs |= {"queryset": grantable_groups(request.user), "widget": forms.CheckboxSelectMultiple}
            kwargs["form_class"] = GroupsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    class Media:
        css = DESK_STYLES


def _mail(request: HttpRequest, link: PasswordLink) -> None:
    """Send it and say so to whoever pressed the button."""
    try:
        mail_link(link)
    except OSError:
        messages.warning(request, _("The mail could not be sent. Try again from the page of the account."))
    else:
        messages.success(request, _("A link to choose a password was mailed to this editor."))


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
