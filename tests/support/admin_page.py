"""Reads a page of the admin as a browser has it."""

from typing import Any

from lxml import html

# Response of django.test.Client: its type exists in the stubs only.
Answer = Any


def tree(page: Answer) -> Any:
    return html.fromstring(page.content.decode())


def form_of(page: Answer, decision: str) -> Any:
    """The form with this button."""
    forms = tree(page).xpath(f"//form[.//button[@name='decision' and @value='{decision}']]")
    assert forms, f"the page has no button {decision}"
    return forms[0]


def buttons(page: Answer) -> set[str]:
    return set(tree(page).xpath("//button[@name='decision']/@value"))
