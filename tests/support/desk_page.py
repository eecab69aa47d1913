"""Our editors's pages as an editor's browser has them: reads forms from the page and sends them filled in."""

from typing import Any

from django.test import Client
from django.utils import timezone

from corrections.decisions.pending import (
    UNDO_WINDOW,
    due_decisions,
    execute_decision,
    execute_decisions,
)
from corrections.models import Case
from corrections.tasks import dispatch
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Editor
from tests.support.admin_page import Answer, form_of, tree
from tests.support.factories import make_editor
from tests.support.suggestion_factories import make_suggestion

LIST = "/admin/corrections/case/"


def make_case(
    article: Article, exact: str | None = "recieve", replacement: str | None = "receive", **more: Any
) -> Case:
    """The case that a suggestion comes into."""
    suggestion = make_suggestion(article, exact, replacement, **more)
    triage_suggestion(suggestion.pk)  # if a worker beside the test has not done so
    suggestion.refresh_from_db()
    assert suggestion.case is not None
    return suggestion.case


def address_of(case: Case) -> str:
    return f"{LIST}{case.pk}/change/"


class Desk:
    """One editor at the desk."""

    def __init__(self, editor: Editor | None = None, *, waits: bool = True, **made: Any) -> None:
        """`waits`: ten seconds go by after each decision, and it is carried out."""
        self.waits = waits
        self.editor = editor or make_editor(**made)
        self.client = Client()
        self.client.force_login(self.editor)

    def open(self, case: Case, query: str = "") -> Answer:
        return self.client.get(address_of(case) + query)

    def send(self, page: Answer, decision: str, **typed: str) -> Answer:
        """Press the button of a page that was opened before, with `typed` in the fields of its form."""
        form = form_of(page, decision)
        fields = {name: value_of(form, name, value) for name, value in form.form_values()}
        unknown = set(typed) - set(form.fields.keys())
        assert not unknown, f"the form has no {unknown}"
        address = page.request["PATH_INFO"] + (f"?{query}" if (query := page.request["QUERY_STRING"]) else "")
        answer = self.client.post(address, {**fields, **typed, "decision": decision})
        if self.waits:
            pass_the_time()
        return answer

    def decide(self, case: Case, decision: str, **typed: str) -> Answer:
        return self.send(self.open(case), decision, **typed)


def tick() -> None:
    """The dispatcher, and a worker that takes the decisions that fall due."""
    dispatch()
    execute_decisions(decision.pk for decision in due_decisions())


def pass_the_time() -> None:
    for decision in due_decisions(timezone.now() + UNDO_WINDOW):
        execute_decision(decision)


def value_of(form: Any, name: str, value: str) -> str:
    """As a browser has it: the line feed that begins a textarea is none of its text."""
    is_textarea = bool(form.xpath(".//textarea[@name=$name]", name=name))
    return value.removeprefix("\n") if is_textarea else value


def typing_in(page: Answer, decision: str, name: str) -> str:
    """What stands in a field of the page."""
    form = form_of(page, decision)
    return value_of(form, name, form.fields[name])


def told(page: Answer) -> str:
    """What the page says at its top about a decision that did not come about."""
    return " ".join(" ".join(tree(page).xpath("//*[@role='alert']//text()")).split())


def messages(desk: Desk) -> str:
    page = desk.client.get(LIST)
    return " ".join(" ".join(tree(page).xpath("//ul[@class='messagelist']//text()")).split())


def diffs(page: Answer) -> list[tuple[list[str], list[str]]]:
    """What each shown change takes away and what it puts there."""
    shown = tree(page).xpath("//*[contains(@class, 'case-words')]")
    return [(element.xpath(".//del/text()"), element.xpath(".//ins/text()")) for element in shown]
