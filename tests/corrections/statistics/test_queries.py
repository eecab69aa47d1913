"""What the desk chief's statistics count."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.models import Case, Suggestion
from corrections.statistics.periods import period_of
from corrections.statistics.queries import OutcomeStats, read_statistics
from newsroom.models import Article
from tests.corrections.statistics.settled_cases import NOW, hours, numbers_of, settled
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def figures_named(name: str, figures: Sequence[OutcomeStats]) -> OutcomeStats:
    [found] = [part for part in figures if part.name == name]
    return found


@pytest.mark.both_databases
def test_every_outcome_is_counted_by_the_moment_of_its_decision() -> None:
    article = make_article()
    for state, count in (("published", 3), ("declined", 2), ("already_fixed", 1), ("withdrawn", 1), ("spam", 2)):
        for _turn in range(count):
            settled(article, Case.State(state), reported=hours(100), decided=hours(3))
    settled(article, Case.State.DECLINED, reported=timedelta(days=40), decided=hours(1))
    settled(article, Case.State.DECLINED, reported=timedelta(days=40), decided=timedelta(days=39))
    total = numbers_of().total
    assert (total.published, total.declined, total.already_fixed, total.withdrawn, total.spam) == (3, 3, 1, 1, 2)
    assert total.opened == 9
    assert total.share_already_fixed == 1 / 7


@pytest.mark.both_databases
def test_suggestions_count_when_they_came_in_triaged_or_not() -> None:
    article = make_article()
    old, untriaged = make_suggestion(article), make_suggestion(article, category="fact")
    Suggestion.objects.filter(pk=untriaged.pk).update(received_at=NOW - hours(1))
    Suggestion.objects.filter(pk=old.pk).update(received_at=NOW - timedelta(days=31))
    statistics = numbers_of()
    assert statistics.total.received == 1
    assert figures_named("fact", statistics.kinds).received == 1
    assert figures_named("Local", statistics.sections).received == 1


def test_a_first_look_counts_however_long_ago_the_report_was() -> None:
    case = make_case(make_article())
    Case.objects.filter(pk=case.pk).update(first_at=NOW - timedelta(days=40), looked_at=NOW - timedelta(days=1))
    assert numbers_of().total.to_first_look == timedelta(days=39)


@pytest.mark.both_databases
def test_the_time_to_correction_runs_from_the_first_report_to_the_published_revision() -> None:
    article = make_article()
    revision = current_revision(article)
    case = settled(article, Case.State.PUBLISHED, reported=hours(0), decided=hours(-1))
    Case.objects.filter(pk=case.pk).update(first_at=revision.published_at - hours(5), decided_at=revision.published_at)
    statistics = read_statistics(period_of(7, now=timezone.now() + hours(1)))
    assert statistics.total.to_correction == hours(5)
    assert [bucket.to_correction for bucket in statistics.buckets if bucket.published] == [hours(5)]


@pytest.mark.both_databases
def test_sections_and_kinds_have_figures_of_their_own() -> None:
    local, sport = make_article(), make_article()
    Article.objects.filter(pk=sport.pk).update(section="Sport")
    settled(local, Case.State.DECLINED, reported=hours(9), look=hours(1), decided=hours(2))
    settled(sport, Case.State.ALREADY_FIXED, reported=hours(9), look=hours(7), decided=hours(8), category="fact")
    statistics = numbers_of()
    assert [part.name for part in statistics.sections] == ["Local", "Sport"]
    assert [part.name for part in statistics.kinds] == ["typo", "fact"]
    assert figures_named("Sport", statistics.sections).to_first_look == hours(7)
    assert figures_named("fact", statistics.kinds).share_already_fixed == 1
    assert figures_named("typo", statistics.kinds).declined == 1


@pytest.mark.both_databases
def test_the_most_corrected_articles_come_first_ten_at_most() -> None:
    for number in range(12):
        article = make_article(slug=f"bridge-{number:02}")
        for _turn in range(2 if number == 5 else 1):
            settled(article, Case.State.PUBLISHED, reported=hours(9), decided=hours(2))
    articles = numbers_of().articles
    assert len(articles) == 10
    assert (articles[0].url, articles[0].cases) == ("/articles/bridge-05/", 2)
    assert articles[1].url == "/articles/bridge-00/"


@pytest.mark.both_databases
def test_workload_is_what_was_decided_and_what_is_in_hand_by_name() -> None:
    article = make_article()
    zoe, abe = make_editor(public_name="Zoe"), make_editor(public_name="abe")
    settled(article, Case.State.DECLINED, reported=hours(9), decided=hours(2), by=zoe)
    settled(article, Case.State.DECLINED, reported=hours(9), decided=hours(2), by=zoe)
    lapsed = NOW - hours(1)
    for word, until in (("council", None), ("report", NOW + hours(1)), ("bridges", lapsed), ("three", lapsed)):
        case = make_case(article, word, word.upper())
        Case.objects.filter(pk=case.pk).update(assignee=abe, claimed_until=until)
    loads = [(load.editor, load.decided, load.in_hand) for load in numbers_of().workload]
    assert loads == [("abe", 0, 2), ("Zoe", 2, 0)]


def test_what_is_there_to_count_costs_no_further_query() -> None:
    settled(make_article(), Case.State.DECLINED, reported=hours(9), decided=hours(2), by=make_editor())
    with CaptureQueriesContext(connection) as few:
        numbers_of(365)
    for section in ("Local", "Sport", "Culture"):
        article = make_article()
        Article.objects.filter(pk=article.pk).update(section=section)
        for state in (Case.State.PUBLISHED, Case.State.DECLINED, Case.State.SPAM):
            settled(article, state, reported=timedelta(days=99), look=hours(1), decided=hours(2), by=make_editor())
    with CaptureQueriesContext(connection) as many:
        numbers_of(365)
    assert len(many) == len(few) == 11


@pytest.mark.parametrize(("seconds", "in_hand"), [(1, 1), (0, 0), (-1, 0), (None, 1)])
def test_a_case_is_in_hand_until_the_claim_on_it_is_over(seconds: int | None, in_hand: int) -> None:
    until = None if seconds is None else NOW + timedelta(seconds=seconds)
    case = make_case(make_article())
    Case.objects.filter(pk=case.pk).update(assignee=make_editor(), claimed_until=until)
    assert sum(each.in_hand for each in numbers_of().workload) == in_hand
