"""Logging in to the desk, with a second factor and without."""

from typing import Any

from django.test import Client
from django_otp.oath import totp

from newsroom.models import AppFactor, Editor
from newsroom.models.factors import STEP
from tests.support.factories import PASSWORD

LOGIN, SECOND_FACTOR, DESK = "/admin/login/", "/admin/second-factor/", "/admin/newsroom/article/"


def log_in(client: Client, editor: Editor, *, password: str = PASSWORD, code: str = "", **meta: str) -> Any:
    return client.post(LOGIN, {"username": editor.username, "password": password, "code": code, "next": DESK}, **meta)  # type: ignore[arg-type]


def code_of(editor: Editor, *, later: int = 0) -> str:
    """What the app of the editor shows, or will show so many steps later."""
    device = AppFactor.objects.get(user=editor)
    return f"{totp(device.bin_key, t0=-later * STEP):06}"


def with_second_factor(editor: Editor) -> list[str]:
    """Set it up in the browser's way; returns the recovery codes."""
    client = Client()
    client.force_login(editor)
    client.get(SECOND_FACTOR)
    page = client.post(SECOND_FACTOR, {"code": code_of(editor)})
    assert page.status_code == 200
    codes: list[str] = page.context["codes"]
    # Half a minute later: a code counts once, so the next log-in would have to wait for it.
    AppFactor.objects.filter(user=editor).update(last_t=-1)
    return codes


def works(client: Client) -> bool:
    return client.get(DESK).status_code == 200
