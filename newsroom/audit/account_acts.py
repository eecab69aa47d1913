"""Acts about accounts: ids, names of groups and flags, never an address."""

from dataclasses import asdict, dataclass

from newsroom.audit.log import append_act
from newsroom.models import Act, Editor

ADD, CHANGE, LOCK, UNLOCK = "add_editor", "change_editor", "lock_editor", "unlock_editor"
SET_PASSWORD, MAKE_LINK = "set_password", "make_password_link"
SET_FACTOR, REMOVE_FACTOR = "set_second_factor", "remove_second_factor"


class AddressAsName(Exception):
    """The name of an account is an e-mail address. Acts hold the names of those who act, and last."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account may do, as acts tell it."""

    groups: list[str]
    permissions: list[str]
    is_staff: bool
    is_superuser: bool


@dataclass(frozen=True, slots=True)
class AccountState:
    """The columns whose change is an act. Of name and address an act tells that they changed, not what they are."""

    rights: Rights
    is_active: bool
    username: str
    email: str

    def changed_since(self, before: "AccountState") -> list[str]:
        named = ("username", "email")
        rights = ("groups", "permissions", "is_staff", "is_superuser")
        return [name for name in named if getattr(self, name) != getattr(before, name)] + [
            name for name in rights if getattr(self.rights, name) != getattr(before.rights, name)
        ]


def account_state(editor: Editor) -> AccountState:
    """As the database has it now, whatever the instance holds. Locks the row, so that no change goes unseen."""
    row = Editor.objects.select_for_update(no_key=True).get(pk=editor.pk)
    permissions = row.user_permissions.values_list("content_type__app_label", "codename")
    rights = Rights(
        groups=sorted(row.groups.values_list("name", flat=True)),
        permissions=sorted(f"{app}.{code}" for app, code in permissions),
        is_staff=row.is_staff,
        is_superuser=row.is_superuser,
    )
    return AccountState(rights, row.is_active, row.username, row.email)


def append_account_act(verb: str, editor: Editor, *, by: Editor | None, **payload: object) -> Act:
    """`by` is None where a command did it."""
    return append_act(verb, subject=account_subject(editor.pk), by=by, payload=payload)


def append_account_added(editor: Editor, *, by: Editor | None) -> None:
    append_account_act(ADD, editor, by=by, **asdict(account_state(editor).rights))


def append_account_changes(editor: Editor, *, before: AccountState, by: Editor | None) -> None:
    """An act for each kind of change since `before`; none where nothing changed."""
    now = account_state(editor)
    if changed := now.changed_since(before):
        append_account_act(CHANGE, editor, by=by, changed=changed, **asdict(now.rights))
    if now.is_active != before.is_active:
        append_account_act(UNLOCK if now.is_active else LOCK, editor, by=by)


def account_subject(pk: int) -> str:
    return f"editor:{pk}"


def refuse_address_as_name(username: str) -> None:
    """Raises AddressAsName."""
    if "@" in username:
        raise AddressAsName
