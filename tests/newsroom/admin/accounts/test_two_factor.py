"""The pages on which an editor sets a second factor up."""

import pytest
from django.test import Client

from newsroom.accounts.two_factor import has_second_factor
from newsroom.models import AppFactor
from tests.support.desk_login import DESK, SECOND_FACTOR, code_of, log_in, with_second_factor, works
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


def test_the_secret_is_shown_while_it_is_set_up_and_never_again(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    picture = client.get(SECOND_FACTOR + "code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"].endswith("no-store, must-revalidate, private")
    assert client.post(SECOND_FACTOR, {"code": "123"}).status_code == 422
    assert not has_second_factor(editor)
    AppFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    with_second_factor(editor)

    log_in(client, editor, code=code_of(editor))
    assert client.get(SECOND_FACTOR + "code.svg").status_code == 302
    assert "secret" not in client.get(SECOND_FACTOR).content.decode()


def test_a_session_from_before_the_second_factor_ends(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    assert works(client)
    with_second_factor(editor)

    assert client.get(DESK).status_code == 302
    assert not works(client)
