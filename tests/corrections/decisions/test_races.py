"""Eight editors decide the same hundred cases at once: each case is decided once, and nobody's words are lost."""

import random
import threading
from collections import Counter

from django.db import connections

from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit, compose
from corrections.decisions.payloads import NewRevision, revision_payload
from corrections.decisions.pending import UNDO_WINDOW, check_decision, decide, due_decisions, execute_decision
from corrections.models import Case, Decision
from newsroom.models import Act, Editor, Kind, Revision
from newsroom.publishing.publish import AlreadyDecided, StaleRevision
from tests.support.databases import Database
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor

EDITORS, CASES = 8, 100


def decide_all(editor: Editor, keys: list[int], told: Counter[str]) -> None:
    order = random.Random(editor.pk).sample(keys, len(keys))
    try:
        for number, key in enumerate(order):
            case = Case.objects.select_related("article", "anchored_in__stored_text", "anchored_in__article").get(
                pk=key
            )
            verb = "decline" if number % 2 else "publish"
            try:
                decide_one(case, verb, by=editor)
                told["decided"] += 1
            except AlreadyDecided:
                told["too late"] += 1
            except StaleRevision:
                told["stale"] += 1
    finally:
        connections.close_all()


def decide_one(case: Case, verb: str, *, by: Editor) -> None:
    payload: dict[str, object] = {"reason": f"{by} says no"}
    if verb == "publish":
        edit = Edit(case, f"{case.exact}!", Span(case.start or 0, case.end or 0))
        composed = compose(case.anchored_in, [edit])
        payload = revision_payload(NewRevision(case.anchored_in, composed, Kind.TYPO, note=""), [edit])
    check_decision(verb, [case], by=by, payload=payload)
    decision = decide(verb, [case], by=by, payload=payload, typed={"Your wording": f"{case.exact}!"})
    Decision.objects.filter(pk=decision.pk).update(due_at=decision.made_at)
    for due in due_decisions():
        execute_decision(due)


def test_eight_editors_at_once_decide_each_case_once(committed_db: Database) -> None:
    body = "".join(f"<p>Word{n:03} stands here alone.</p>" for n in range(CASES))
    article = make_article(body=body)
    keys = [make_case(article, f"Word{n:03} stands", f"Word{n:03} stood").pk for n in range(CASES)]
    told: Counter[str] = Counter()
    threads = [threading.Thread(target=decide_all, args=[make_editor(), keys, told]) for _turn in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for due in due_decisions(Decision.objects.latest("due_at").due_at + UNDO_WINDOW):
        execute_decision(due)

    states = Counter(Case.objects.values_list("state", flat=True))
    assert not Decision.objects.filter(state=Decision.State.PENDING).exists()
    assert set(states) <= {"published", "declined", "open"}
    # One revision for each published case, without a gap; each decided case has one Act.
    numbers = list(Revision.objects.filter(article=article).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, states["published"] + 2))
    acts = Act.objects.filter(verb__in=["publish_case", "decline_case"])
    assert acts.count() == states["published"] + states["declined"]
    text = current_revision(article).require_content().text
    for case in Case.objects.filter(state="published"):
        assert f"{case.exact}!" in text
    # What could not be carried out is back on the desk, with the editor's words.
    for decision in Decision.objects.filter(state=Decision.State.RETURNED):
        assert decision.typed
    assert states["published"] + states["declined"] >= CASES // 2
