"""Forty proposals and publications on one article by three editors at once: none comes back but for the same words."""

import random

import pytest

from corrections.decisions.approvals import settle_proposal
from corrections.models import Case, Decision
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Act, Article, Proposal
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
WORDS = [f"w{number}orde" for number in range(40)]
# Words that a fourth editor changes between a decision and its execution.
CONTESTED = {"w7orde", "w23orde"}


def body() -> str:
    paragraphs = [WORDS[start : start + 4] for start in range(0, len(WORDS), 4)]
    return "".join(f"<p>It says {', then <em>'.join(words)}{'</em>' * 3} here.</p>" for words in paragraphs)


def work(article: Article) -> None:
    """The ten seconds go by, and the dispatcher does what it owes the article."""
    pass_the_time()
    reanchor_article(article)
    for proposal in Proposal.objects.exclude(state="waiting").filter(cases__state="proposed").distinct():
        settle_proposal(proposal)


def approve_one(desks: list[Desk]) -> bool:
    case = Case.objects.filter(state="proposed").select_related("proposal__proposed_by").order_by("pk").first()
    if case is None or case.proposal is None:
        return False
    proposer = case.proposal.proposed_by
    other = next(each for each in desks if each.editor != proposer)
    assert other.decide(case, "approve").status_code == 302
    return True


def test_forty_decisions_of_three_editors_on_one_article_come_back_only_where_they_overlap() -> None:
    article, chance = make_article(body=body()), random.Random(16)
    desks = [Desk(group=STANDARDS_EDITOR, waits=False) for _ in range(3)]
    cases = [make_case(article, word, word.replace("orde", "ord")) for word in WORDS]
    owners = {case.pk: chance.choice(desks) for case in cases}
    pages = {pk: desk.open(Case.objects.get(pk=pk)) for pk, desk in owners.items()}
    chance.shuffle(cases)
    for turn, case in enumerate(cases):
        note = f"It said {case.exact} and is {case.replacement}."
        verb, kind = ("propose", "correction") if turn % 2 else ("publish", "typo")
        assert owners[case.pk].send(pages[case.pk], verb, kind=kind, note=note).status_code == 302
        if case.exact in CONTESTED:
            make_revision(article, find=case.exact, put="wother")
        if turn % 3 == 0:
            work(article)
        if turn % 5 == 0:
            approve_one(desks)
    work(article)
    while approve_one(desks):
        work(article)

    came_back = set(Case.objects.exclude(state="published").values_list("exact", "state"))
    assert came_back == {(word, "open") for word in CONTESTED}
    returned = Decision.objects.filter(state="returned").count() + Proposal.objects.filter(state="returned").count()
    assert (returned, current_revision(article).number) == (2, 41)
    assert "orde" not in current_revision(article).require_content().text
    assert Act.objects.filter(verb__in=["move", "move_revision"]).count() > 20
    for case in Case.objects.filter(state="published").select_related("published_in__stored_text"):
        assert case.published_in is not None
        assert case.published_in.require_content().text[case.spot_start : case.spot_end] == case.replacement
    assert breaks() == []
