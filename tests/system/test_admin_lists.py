"""Addresses of the admin's lists, as somebody who edits them would send them."""

import logging

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from corrections.desk.filters import FILTERS
from corrections.models import Hook
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF
from newsroom.admin.lookups import StrictLookups
from newsroom.models import Revision
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import make_reader, post_all
from tests.support.webhook_steps import make_hook

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
GIANT = "99999999999999999999"
WORST = (GIANT, "\0")
ODD = (*WORST, "\u0662", "'\"<%", "2026-13-40", "")
CASE_NAMES = ("after", "before", "state", *(each.name for each in FILTERS))
NAMES = ("q", "p", "o", "article", "pk__in", "mailbox__hash__startswith")


def lists() -> list[str]:
    """Addresses of all lists of the admin."""
    found = []
    for model in admin.site._registry:
        try:
            found.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        except NoReverseMatch:
            continue
    return found


def filter_names(address: str) -> list[str]:
    [door] = [
        door
        for model, door in admin.site._registry.items()
        if reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") == address
    ]
    fields = [each[0] if isinstance(each, tuple) else each for each in door.list_filter]
    return [
        name
        for field in fields
        for name in (
            [f"{field}__exact", f"{field}__id__exact", f"{field}__gte", f"{field}__isnull"]
            if isinstance(field, str)
            else [getattr(field, "parameter_name", "")]
        )
    ]


@pytest.fixture
def rows() -> None:
    article = make_article()
    make_case(article)
    make_reader(article, "three", "four")
    make_hook("https://example.org/")
    post_all()


def test_every_model_admin_has_strict_lookups() -> None:
    assert all(isinstance(door, StrictLookups) for door in admin.site._registry.values())


@pytest.mark.parametrize("group", [COPY_EDITOR, DESK_CHIEF, AUDITOR])
def test_no_odd_value_in_the_address_of_a_list_is_a_fault(
    rows: None, group: str, database_vendor: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_editor(group=group))
    for address in lists():
        for name in (*NAMES, *(CASE_NAMES if "/case/" in address else filter_names(address))):
            for value in ODD if (group, database_vendor) == (DESK_CHIEF, "postgresql") else WORST:
                status = client.get(address, {name: value}).status_code
                assert status in {200, 302, 400, 403, 404}, (address, name, value)
        for key in (GIANT, "-1", "x", "%00", "1" * 400):
            assert client.get(f"{address}{key}/change/").status_code in {302, 403, 404}, (address, key)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info] == []


def test_a_list_is_filtered_by_what_it_offers_and_by_nothing_else(rows: None) -> None:
    client = Client()
    client.force_login(make_editor(group=DESK_CHIEF))
    mails, revisions = reverse("admin:corrections_mail_changelist"), reverse("admin:newsroom_revision_changelist")
    assert client.get(mails, {"state__exact": "sent"}).status_code == 200
    assert client.get(revisions, {"kind__exact": "publication"}).context["cl"].result_count == Revision.objects.count()
    assert client.get(revisions, {"kind__exact": "typo"}).context["cl"].result_count == 0
    articles = reverse("admin:newsroom_article_changelist")
    assert client.get(articles, {"draft": "yes"}).context["cl"].result_count == 0
    assert client.get(articles, {"draft": "no"}).context["cl"].result_count == 1
    deliveries = reverse("admin:corrections_delivery_changelist")
    assert client.get(deliveries, {"hook__id__exact": Hook.objects.get().pk}).status_code == 200
    editors = reverse("admin:newsroom_editor_changelist")

    for address, lookup in (
        (mails, "mailbox__hash__startswith"),
        (mails, "message_id"),
        (editors, "password__startswith"),
        (editors, "groups__name__startswith"),
        (editors, "email__startswith"),
        (deliveries, "hook__secret__startswith"),
        (revisions, "article"),
    ):
        answer = client.get(address, {lookup: "a"})
        assert (answer.status_code, answer.headers.get("Location")) == (302, f"{address}?e=1"), (address, lookup)
