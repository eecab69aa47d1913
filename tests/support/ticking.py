"""Boxes ticked on the page of a case."""

from typing import Any

from corrections.models import Case
from tests.support.admin_page import form_of
from tests.support.desk_page import Desk, pass_the_time


def tick(desk: Desk, case: Case, decision: str, name: str, keys: list[object], **typed: str) -> Any:
    """Tick boxes of the page and press a button of their form."""
    page = desk.open(case)
    form = form_of(page, decision)
    fields = {key: value for key, value in form.form_values() if key != name}
    answer = desk.client.post(
        page.request["PATH_INFO"], {**fields, name: [str(key) for key in keys], **typed, "decision": decision}
    )
    pass_the_time()
    return answer
