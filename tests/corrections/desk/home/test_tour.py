"""The tour of an editor's first log-in."""

import pytest
from django.test import Client

from newsroom.accounts.roles import AUDITOR
from newsroom.models import Editor
from tests.support.admin_page import tree
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


def logged_in(editor: Editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def shows_tour(client: Client) -> bool:
    return bool(tree(client.get("/admin/")).xpath("//*[@class='home-tour']"))


def test_three_cards_stay_until_they_are_put_away_and_never_come_back() -> None:
    editor = make_editor()
    first = logged_in(editor)
    assert len(tree(first.get("/admin/")).xpath("//*[@class='home-tour']//li")) == 3
    assert shows_tour(first)
    assert first.get("/admin/tour/").status_code == 405
    assert first.post("/admin/tour/")["Location"] == "/admin/"
    assert not shows_tour(first)
    assert not shows_tour(logged_in(editor))


def test_whoever_did_not_put_it_away_sees_it_in_the_first_session_alone() -> None:
    editor = make_editor()
    assert shows_tour(logged_in(editor))
    assert not shows_tour(logged_in(editor))


def test_it_is_for_those_who_decide_and_not_for_those_who_were_here_before_it() -> None:
    assert not shows_tour(logged_in(make_editor(group=AUDITOR)))
    before = make_editor()
    Editor.objects.filter(pk=before.pk).update(tour_due=False)
    assert not shows_tour(logged_in(before))
