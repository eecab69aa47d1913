"""Webhooks are compared with the last act about each."""

from typing import Any

import pytest

from corrections.models import Hook
from corrections.webhooks.endpoints import change_hook, create_hook, rotate_secret
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.encryption import encrypt
from tests.support import tampering as attackers
from tests.support.factories import make_editor
from tests.support.record_check import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def hook(quick_passwords: None) -> Hook:
    chief, hook = make_editor(group=DESK_CHIEF), Hook(name="CMS", url="https://cms.example/in", events=["case.created"])
    create_hook(hook, by=chief)
    hook.name = "Our CMS"
    change_hook(hook, by=chief, changed=["name"])
    rotate_secret(hook, by=chief)
    assert breaks() == []
    return hook


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ("url = 'https://cms.example/elsewhere'", "receiver, address"),  # whoever has no key makes it unreadable
        (f"url = '{encrypt('https://cms.example/elsewhere')}'", "address"),
        (f"url = '{encrypt('https://evil.example/in')}'", "receiver, address"),
        ("enabled = (1 = 0)", "enabled"),
        ("name = 'x'", "name"),
        ("generation = 1", "generation"),
    ],
)
def test_a_webhook_that_was_bent_is_named(hook: Hook, change: str, names: str) -> None:
    attackers.run(f"UPDATE corrections_hook SET {change}")
    assert breaks() == [f"webhook {hook.pk}: its {names} differ from what act 3 says"]


def test_a_webhook_that_nobody_added_or_that_is_gone_is_named(hook: Hook) -> None:
    attackers.run("UPDATE corrections_hook SET id = 99")
    assert breaks() == ["webhook 99: no act added it", f"webhook:{hook.pk}: is gone, and act 3 names it"]


def test_a_webhook_whose_key_is_lost_is_no_break(hook: Hook, settings: Any) -> None:
    settings.SECRET_KEY = "k" * 50
    assert breaks() == []
