"""Django's createsuperuser, as an act."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import UserManager
from django.core.management.base import CommandError
from django.db import transaction

from newsroom.audit.account_acts import AddressAsName, append_account_added, refuse_address_as_name
from newsroom.models import Editor


class Command(createsuperuser.Command):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.UserModel: Any = _RecordedModel()


class _RecordedManager(UserManager[Editor]):
    """Account and act in one transaction, which begins when all questions are answered."""

    def create_superuser(self, username: str, *args: Any, **fields: Any) -> Editor:
        try:
            refuse_address_as_name(username)
        except AddressAsName:
            raise CommandError("the record keeps this name for ever: choose one that is no e-mail address") from None
        with transaction.atomic(using=self.db):
            editor = super().create_superuser(username, *args, **fields)
            append_account_added(editor, by=None)
        return editor


class _RecordedModel:
    """Editor, but with a manager whose accounts are acts: the command takes both from its `UserModel`."""

    def __init__(self) -> None:
        self._default_manager = _RecordedManager()
        self._default_manager.model = Editor

    def __call__(self, **fields: Any) -> Editor:
        return Editor(**fields)

    def __getattr__(self, name: str) -> Any:
        return getattr(Editor, name)
