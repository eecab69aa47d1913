"""Who may open and who may send to each address of the desk: one table, which has to name every address there is."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from corrections.models import Reason
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor, make_pattern
from tests.support.sources import make_source
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
GROUPS = {"C": COPY_EDITOR, "S": STANDARDS_EDITOR, "D": DESK_CHIEF, "A": AUDITOR}
# Letters of the groups that are not forbidden to open an address, and to send a form to it.
TABLE = {
    "admin/profile/": ("CSDA", "CSDA"),
    "admin/profile/time-zone/": ("CSDA", "CSDA"),
    "admin/tour/": ("CSDA", "CSDA"),
    "admin/profile/sessions/": ("CSDA", "CSDA"),
    "admin/profile/letter-keys/": ("CSDA", "CSDA"),
    "admin/all/": ("CSDA", "CSDA"),
    "admin/notifications/": ("CSDA", "CSDA"),
    "admin/notifications/count/": ("CSDA", "CSDA"),
    "admin/notifications/read/": ("CSDA", "CSDA"),
    "admin/notifications/<int:pk>/": ("CSDA", "CSDA"),
    "admin/notes/": ("CSDA", "CSDA"),
    "admin/notes/colleagues/": ("CSDA", "CSDA"),
    "admin/notes/case/<int:pk>/": ("CSDA", "CSD"),
    "admin/notes/article/<int:pk>/": ("CSDA", "CSD"),
    "admin/notes/<int:pk>/": ("CSDA", "CSD"),
    "admin/corrections/case/jump/": ("CSDA", "CSDA"),
    "admin/corrections/case/<int:pk>/presence/": ("CSDA", "CSDA"),
    "admin/second-factor/": ("CSDA", "CSDA"),
    "admin/second-factor/code.svg": ("CSDA", "CSDA"),
    "admin/password/<str:token>/": ("CSDA", "CSDA"),
    "admin/newsroom/editor/<int:pk>/second-factor/": ("D", "D"),
    "admin/newsroom/editor/<int:pk>/password-link/": ("D", "D"),
    "admin/": ("CSDA", "CSDA"),
    "admin/login/": ("CSDA", "CSDA"),
    "admin/password_change/": ("CSDA", "CSDA"),
    "admin/password_change/done/": ("CSDA", "CSDA"),
    "admin/autocomplete/": ("", "CSDA"),
    "admin/jsi18n/": ("CSDA", "CSDA"),
    "admin/r/<path:content_type_id>/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/article/<int:pk>/preview/": ("CSDA", "CSDA"),
    "admin/newsroom/article/<int:pk>/discard/": ("CSD", "CSD"),
    "admin/newsroom/article/<int:pk>/note/": ("CSDA", "CSD"),
    "admin/newsroom/article/autosave/": ("CSDA", "CSD"),
    "admin/newsroom/article/<int:pk>/autosave/": ("CSDA", "CSD"),
    "admin/newsroom/article/": ("CSDA", "CSDA"),
    "admin/newsroom/article/at/<str:slug>/<slug:tool>/": ("CSDA", "CSDA"),
    "admin/newsroom/article/add/": ("CSD", "CSD"),
    "admin/newsroom/article/<path:object_id>/history/": ("CSDA", "CSDA"),
    "admin/newsroom/article/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/article/<path:object_id>/change/": ("CSDA", "CSD"),
    "admin/newsroom/article/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/editor/": ("DA", "DA"),
    "admin/newsroom/editor/add/": ("D", "D"),
    "admin/newsroom/editor/<path:object_id>/history/": ("DA", "DA"),
    "admin/newsroom/editor/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/editor/<path:object_id>/change/": ("DA", "D"),
    "admin/newsroom/editor/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/auth/group/": ("DA", "DA"),
    "admin/auth/group/add/": ("", ""),
    "admin/auth/group/<path:object_id>/history/": ("DA", "DA"),
    "admin/auth/group/<path:object_id>/delete/": ("", ""),
    "admin/auth/group/<path:object_id>/change/": ("DA", ""),
    "admin/auth/group/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/notepattern/": ("DA", "DA"),
    "admin/newsroom/notepattern/add/": ("D", "D"),
    "admin/newsroom/notepattern/<path:object_id>/history/": ("DA", "DA"),
    "admin/newsroom/notepattern/<path:object_id>/delete/": ("D", "D"),
    "admin/newsroom/notepattern/<path:object_id>/change/": ("DA", "D"),
    "admin/newsroom/notepattern/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/picture/": ("CSDA", "CSDA"),
    "admin/newsroom/picture/add/": ("CSD", "CSD"),
    "admin/newsroom/picture/upload/": ("CSDA", "CSD"),
    "admin/newsroom/picture/<path:object_id>/history/": ("CSDA", "CSDA"),
    "admin/newsroom/picture/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/picture/<path:object_id>/change/": ("CSDA", ""),
    "admin/newsroom/picture/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/proposal/": ("CSDA", "CSDA"),
    "admin/newsroom/proposal/<int:pk>/change/": ("CSDA", "CSDA"),
    "admin/newsroom/proposal/<int:pk>/note/": ("CSDA", "SD"),
    "admin/newsroom/withholding/": ("SDA", "SDA"),
    "admin/newsroom/withholding/ask/<int:revision>/": ("SD", "SD"),
    "admin/newsroom/withholding/<int:pk>/change/": ("SDA", "SDA"),
    "admin/newsroom/revision/<int:pk>/revert/": ("CSD", "CSD"),
    "admin/newsroom/revision/": ("CSDA", "CSDA"),
    "admin/newsroom/revision/add/": ("", ""),
    "admin/newsroom/revision/<path:object_id>/history/": ("CSDA", "CSDA"),
    "admin/newsroom/revision/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/revision/<path:object_id>/change/": ("CSDA", ""),
    "admin/newsroom/revision/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/act/": ("SDA", "SDA"),
    "admin/newsroom/act/add/": ("", ""),
    "admin/newsroom/act/<path:object_id>/history/": ("SDA", "SDA"),
    "admin/newsroom/act/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/act/<path:object_id>/change/": ("SDA", ""),
    "admin/newsroom/act/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/corrections/mail/": ("CSDA", "CSDA"),
    "admin/corrections/mail/add/": ("", ""),
    "admin/corrections/mail/<path:object_id>/history/": ("CSDA", "CSDA"),
    "admin/corrections/mail/<path:object_id>/delete/": ("", ""),
    "admin/corrections/mail/<path:object_id>/change/": ("CSDA", ""),
    "admin/corrections/mail/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/corrections/reason/": ("DA", "DA"),
    "admin/corrections/reason/add/": ("D", "D"),
    "admin/corrections/reason/<path:object_id>/history/": ("DA", "DA"),
    "admin/corrections/reason/<path:object_id>/delete/": ("D", "D"),
    "admin/corrections/reason/<path:object_id>/change/": ("DA", "D"),
    "admin/corrections/reason/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/newsroom/source/": ("DA", "DA"),
    "admin/newsroom/source/add/": ("D", "D"),
    "admin/newsroom/source/<int:pk>/test/": ("CSDA", "D"),
    "admin/newsroom/source/<path:object_id>/history/": ("DA", "DA"),
    "admin/newsroom/source/<path:object_id>/delete/": ("", ""),
    "admin/newsroom/source/<path:object_id>/change/": ("DA", "D"),
    "admin/newsroom/source/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/corrections/hook/": ("DA", "DA"),
    "admin/corrections/hook/add/": ("D", "D"),
    "admin/corrections/hook/<int:pk>/test/": ("CSDA", "D"),
    "admin/corrections/hook/<int:pk>/secret/": ("CSDA", "D"),
    "admin/corrections/hook/<path:object_id>/history/": ("DA", "DA"),
    "admin/corrections/hook/<path:object_id>/delete/": ("", ""),
    "admin/corrections/hook/<path:object_id>/change/": ("DA", "D"),
    "admin/corrections/hook/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/corrections/delivery/": ("DA", "DA"),
    "admin/corrections/delivery/add/": ("", ""),
    "admin/corrections/delivery/<int:pk>/replay/": ("CSDA", "D"),
    "admin/corrections/delivery/<path:object_id>/history/": ("DA", "DA"),
    "admin/corrections/delivery/<path:object_id>/delete/": ("", ""),
    "admin/corrections/delivery/<path:object_id>/change/": ("DA", ""),
    "admin/corrections/delivery/<path:object_id>/": ("CSDA", "CSDA"),
    "admin/corrections/case/": ("CSDA", "CSDA"),
    "admin/corrections/case/<int:pk>/echoes/": ("CSDA", "CSD"),
    "admin/corrections/case/<int:pk>/note/<slug:slot>/": ("CSDA", "CSD"),
    "admin/corrections/case/<int:pk>/change/": ("CSDA", "CSD"),
    "admin/corrections/case/try-again/": ("CSDA", "CSD"),
    "admin/corrections/case/count/": ("CSDA", "CSDA"),
    "admin/corrections/case/undo/<int:pk>/": ("CSDA", "CSDA"),
    "admin/corrections/case/undo/": ("CSDA", "CSDA"),
    "admin/corrections/case/chosen/": ("CSDA", "CSD"),
    "admin/corrections/case/lists/": ("CSDA", "CSDA"),
    "admin/corrections/case/lists/<int:pk>/remove/": ("CSDA", "CSDA"),
    "admin/corrections/case/numbers/": ("DA", "CSDA"),
    "admin/corrections/case/export.csv": ("DA", "CSDA"),
    "admin/corrections/case/export.json": ("DA", "CSDA"),
    "admin/corrections/case/<int:pk>/sender/": ("CSD", "CSD"),
    "admin/corrections/case/held-back/": ("CSD", "CSD"),
    "admin/^(?P<app_label>auth|newsroom|corrections)/$": ("CSDA", "CSDA"),
    "admin/(?P<url>.*)$": ("CSDA", "CSDA"),
    "admin/logout/": ("CSDA", "CSDA"),
}


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, path)
        elif path.startswith("admin/"):
            yield path


def test_the_table_names_every_address_of_the_desk() -> None:
    assert set(TABLE) == set(addresses(get_resolver()))


@pytest.mark.parametrize("letter", GROUPS)
def test_each_group_opens_and_sends_what_the_table_says(letter: str) -> None:
    article = make_article()
    case = make_case(article)
    hook = make_hook("https://receiver.example/")
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    client, other = Client(), make_editor()
    client.force_login(make_editor(group=GROUPS[letter]))
    keys = {
        "/r/": 0,
        "/case/": case.pk,
        "/editor/": other.pk,
        "/group/": other.groups.get().pk,
        "/act/": Act.objects.latest("sequence").pk,
        "/revision/": article.current_id,
        "/hook/": hook.pk,
        "/delivery/": delivery.pk,
        "/notepattern/": make_pattern().pk,
        "/source/": make_source().pk,
        "/reason/": Reason.objects.latest("pk").pk,
    }
    # Forms are sent empty, so that nothing comes of those that are let in; logging out goes last.
    for address in sorted(TABLE, key=lambda address: "logout" in address):
        key = next((key for part, key in keys.items() if part in address), article.pk)
        url = "/" + re.sub(r"<(?:\w+:)?\w+>", str(key), address)
        opened = client.get(url).status_code != 403
        sent = client.post(url).status_code != 403
        may_open, may_send = TABLE[address]
        assert (opened, sent) == (letter in may_open, letter in may_send), address
