"""Withheld words are a value: whatever reads a revision's text goes on where the text is gone."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.decisions.pending import UNDO_WINDOW
from corrections.mail.editor_digest import compose_digest
from corrections.models import AnchorStatus, Case, Decision, Reason, Suggestion
from corrections.suggestions.status_tokens import known_token
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Editor
from tests.support.desk_page import Desk, address_of, make_case, tick
from tests.support.factories import current_revision, make_article, make_editor, make_revision, retract
from tests.support.suggestion_factories import make_suggestion
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db

# Of an article with its first revision withheld; each takes the slug.
PUBLIC = (
    *("/articles/{}/", "/articles/{}/changes/", "/articles/{}/changes/1...2/", "/articles/{}/changes/2...1/"),
    *("/articles/{}/revisions/1/", "/articles/{}/revisions/2/", "/articles/{}/annotations/", "/articles/{}/ninjs/"),
    *("/articles/{}/?changed=1...2", "/api/articles/{}", "/api/articles/{}/revisions", "/api/articles/{}/revisions/1"),
    *("/api/articles/{}/reports?revision=2", "/articles/{}/suggest/", "/articles/{}/suggest/?revision=1&exact=recieve"),
    *("/", "/corrections/", "/corrections/feed.atom", "/corrections/feed.json", "/sitemap.xml", "/api/corrections"),
)


def let_the_undo_window_pass() -> None:
    Decision.objects.update(due_at=timezone.now() - UNDO_WINDOW)


@pytest.mark.both_databases
@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("verb", ["publish", "propose"])
def test_a_decision_overtaken_by_a_withholding_returns_with_its_reason(verb: str, is_own: bool) -> None:
    """Also where the editor's own revision overtook it, onto which the decision would have been rebased."""
    article, other = make_article(), make_article()
    desk = Desk(waits=False)
    overtaken, beside = make_case(article), make_case(other)
    desk.decide(overtaken, verb, **({"note": "It said “recieve”, not “receive”."} if verb == "propose" else {}))
    desk.decide(beside, "publish")
    make_revision(article, find="Tuesday", put="Friday", by=desk.editor if is_own else None)
    withhold(article)
    waiting = make_suggestion(make_article())
    let_the_undo_window_pass()

    tick()

    overtaken.refresh_from_db()
    beside.refresh_from_db()
    waiting.refresh_from_db()
    assert (overtaken.state, beside.state) == (Case.State.OPEN, Case.State.PUBLISHED)
    assert waiting.leased_until is not None  # handed out
    assert overtaken.decision is not None
    assert (overtaken.decision.state, overtaken.decision.outcome) == (Decision.State.RETURNED, "WordsWithheld")
    page = desk.open(overtaken)
    assert "before the ten seconds were over" in page.content.decode()
    assert "were withheld" in page.content.decode()
    # It is decided anew on the words that stand now.
    desk.decide(overtaken, "publish")
    let_the_undo_window_pass()
    tick()
    overtaken.refresh_from_db()
    assert (overtaken.state, current_revision(article).number) == (Case.State.PUBLISHED, 3)


@pytest.mark.both_databases
def test_a_suggestion_about_withheld_words_finds_its_place_in_the_current_ones() -> None:
    article = make_article()
    known = make_suggestion(article)
    gone = make_suggestion(article, "Tuesday", "Monday")
    make_revision(article, find="Tuesday", put="Friday")
    withhold(article)

    cases = [triage_suggestion(suggestion.pk) for suggestion in (known, gone)]

    text = current_revision(article).require_content().text
    placed, lost = cases
    assert placed is not None
    assert lost is not None
    assert (placed.anchor, text[placed.start : placed.end]) == (AnchorStatus.EXACT, "recieve")
    assert (lost.is_placed, lost.exact) == (False, "")
    assert set(Suggestion.objects.values_list("status", flat=True)) == {Suggestion.Status.TRIAGED}


@pytest.mark.both_databases
def test_cases_anchored_in_withheld_words_follow_to_the_current_ones() -> None:
    article = make_article()
    stands, gone, whole = (
        make_case(article),
        make_case(article, "Tuesday", "Monday"),
        make_case(article, None, None, note="Who wrote this?"),
    )
    make_revision(article, find="Tuesday", put="Friday")
    withhold(article)

    assert reanchor_article(article) == 3

    now = current_revision(article)
    for case in (stands, gone, whole):
        case.refresh_from_db()
        assert case.anchored_in_id == now.pk
    assert now.require_content().text[stands.start : stands.end] == "recieve"
    assert (gone.anchor, gone.start, gone.end) == (AnchorStatus.REMOVED, None, None)
    assert whole.anchor == AnchorStatus.UNPLACED


def test_a_passage_that_comes_back_is_found_again() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="recieve", put="get")
    withhold(article)
    case.refresh_from_db()
    reanchor_article(article)
    make_revision(article, find="will get", put="will recieve")
    reanchor_article(article)

    case.refresh_from_db()
    # Its own words were withheld with the only revision that had them, so it cannot know them again.
    assert (case.exact, case.anchor) == ("", AnchorStatus.REMOVED)


@pytest.mark.parametrize("is_retracted", [False, True])
def test_every_page_about_withheld_words_answers(client: Client, is_retracted: bool) -> None:
    article = make_article()
    tokens = [known_token(make_suggestion(article, email="ida@example.org")), known_token(make_suggestion(article))]
    desk = Desk(group=DESK_CHIEF)
    cases = {state: make_case(article, exact, "other", note="A note.") for state, exact in _EXACTS.items()}
    _settle(desk, cases)
    if is_retracted:
        retract(article)
    else:
        make_revision(article, find="Tuesday", put="Friday")
    numbers = range(1, article.revisions.count() + 1)
    withhold(article)
    if is_retracted:
        withhold(article, number=article.revisions.count())

    for path in PUBLIC:
        answer = client.get(path.format(article.slug))
        assert answer.status_code in {200, 404, 451}, path
    for token in tokens:
        assert client.get(f"/suggestions/{token}/").status_code == 200
        assert client.get(f"/api/suggestions/{token}").status_code == 200
    for case in cases.values():
        for query in ("", "?whole"):
            assert desk.client.get(address_of(case) + query).status_code == 200, (case.state, query)
    for number in numbers:
        revision = article.revisions.get(number=number)
        assert desk.client.get(reverse("admin:newsroom_revision_change", args=[revision.pk])).status_code == 200
    for name in ("corrections_case", "newsroom_article", "newsroom_revision", "corrections_mail"):
        answer = desk.client.get(reverse(f"admin:{name}_changelist"), {"q": "recieve"})
        assert answer.status_code == 200, name
    compose_digest(_subscribed())
    reanchor_article(article)


_EXACTS = {"open": "recieve", "declined": "Tuesday", "held": "council", "fixed": "report", "published": "three"}


def _settle(desk: Desk, cases: dict[str, Case]) -> None:
    Reason.objects.get_or_create(language="en", text="It is right as it stands.")
    desk.decide(cases["published"], "publish", kind="update")
    for case in cases.values():
        reanchor_article(case.article)
    desk.decide(cases["declined"], "decline", reason="It is right as it stands.")
    desk.decide(cases["fixed"], "fixed")
    soon = timezone.localdate() + datetime.timedelta(days=3)
    desk.decide(cases["held"], "hold", until=soon.isoformat())


def _subscribed() -> Editor:
    editor = make_editor()
    editor.digest = True
    editor.save()
    return editor
