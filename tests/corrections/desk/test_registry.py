"""Every verb of the desk has a label, a button, a key of its own, a change reason and messages for its refusals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.messages import MESSAGES, REFUSALS, explain_decision
from corrections.decisions.verbs import VERBS
from corrections.desk.actions import ACTIONS, KEYS
from corrections.models import Case, Decision
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Kind
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import Desk, address_of, make_case, pass_the_time
from tests.support.factories import make_article, make_editor, make_revision

NAVIGATION = set("jkxtonlu123456789?")


def test_every_verb_has_a_label_and_a_button() -> None:
    assert set(VERBS) == set(Decision.Verb)
    assert {action.verb for action in ACTIONS.values()} - {""} == set(VERBS)


def test_every_key_is_the_key_of_one_thing() -> None:
    letters = [*KEYS.values(), *NAVIGATION]
    assert len(letters) == len(set(letters))


def test_every_refusal_has_a_message() -> None:
    assert set(MESSAGES) <= set(REFUSALS)
    assert all(explain_decision(refusal(["U+200B"])) for refusal in MESSAGES)


@pytest.mark.django_db
def test_every_button_of_an_undecided_case_is_on_its_page_with_its_key() -> None:
    article = make_article()
    case = make_case(article)
    make_case(article)
    make_case(article, "three", "four")
    desk, of_retracted = Desk(), make_case(make_article())
    chief = make_editor(group=DESK_CHIEF)
    make_revision(of_retracted.article, find="", put="", kind=Kind.RETRACTION, note="All wrong.", by=chief)
    pages = [desk.open(case), desk.open(case, "?whole=1"), desk.open(of_retracted)]
    expected = {action.name for action in ACTIONS.values() if Case.State.OPEN in action.states}
    assert set().union(*map(buttons, pages)) == expected
    letters = {letter for page in pages for letter in tree(page).xpath("//@data-key")}
    assert {KEYS[name] for name in expected & set(KEYS)} <= letters


DAY = f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"
FIELDS: dict[str, dict[str, str]] = {
    "publish": {},
    "propose": {"kind": "correction", "note": "An earlier version said recieve; it is receive."},
    "decline": {"reason": "It is right."},
    "fixed": {},
    "spam": {},
    "ask": {"question": "Where?"},
    "hold": {"until": DAY},
    "assign": {"to": ""},
    "merge": {"others": "{other}"},
    "split": {"suggestions": "{suggestion}"},
    "approve": {},
    "return": {"reason": "Say where."},
    "amend": {"note": "It said recieve, and is receive."},
    "consent": {},
    "refuse": {"reason": "It is right."},
}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_leaves_a_change_reason(verb: str) -> None:
    article = make_article()
    case, other = make_case(article), make_case(article, "three", "four")
    make_case(article)
    if Case.State.PROPOSED in VERBS[verb].states:
        proposer = Desk()
        proposer.decide(case, "propose", **FIELDS["propose"])
        case.refresh_from_db()
    keys = {"other": other.pk, "suggestion": case.suggestions.latest("received_at").pk}
    typed = {name: value.format(**keys) for name, value in FIELDS[verb].items()}
    desk = Desk(group=STANDARDS_EDITOR, waits=False)
    if verb == "consent":
        Desk(group=STANDARDS_EDITOR).decide(case, "amend", **FIELDS["amend"])
        desk = Desk(proposer.editor, waits=False)
    if set(typed) & {"others", "suggestions"}:
        answer = desk.client.post(address_of(case), {"state": case.state, **typed, "decision": verb})
    else:
        answer = desk.decide(case, verb, **typed)
    assert answer.status_code == 302
    rows = case.history.count()
    pass_the_time()
    assert case.history.count() > rows
    assert case.history.latest().history_change_reason
