"""The pages on which articles are written, as an editor's browser has them: reads forms and sends them filled in."""

from typing import Any

from django.test import Client
from django.urls import reverse

from newsroom.models import Article, Draft, Editor, Proposal
from tests.support.admin_page import Answer, form_of, tree
from tests.support.factories import BODY, make_editor

LIST = "/admin/newsroom/article/"
PROPOSALS = "/admin/newsroom/proposal/"


def address_of(row: Article | Proposal) -> str:
    return reverse(f"admin:newsroom_{row._meta.model_name}_change", args=[row.pk])


class Writer:
    """One editor in the admin."""

    def __init__(self, editor: Editor | None = None, **made: Any) -> None:
        self.editor = editor or make_editor(**made)
        self.client = Client()
        self.client.force_login(self.editor)

    def open(self, row: Article | Proposal | None = None) -> Answer:
        return self.client.get(address_of(row) if row else f"{LIST}add/")

    def send(self, page: Answer, decision: str, **typed: str) -> Answer:
        """Press the button of a page that was opened before, with `typed` in the fields of its form."""
        form = form_of(page, decision)
        fields = fields_of(form)
        unknown = set(typed) - set(form.fields.keys())
        assert not unknown, f"the form has no {unknown}"
        address = form.get("action") or page.request["PATH_INFO"]
        return self.client.post(address, {**fields, **typed, "decision": decision})

    def write(self, row: Article | Proposal | None, decision: str, **typed: str) -> Answer:
        return self.send(self.open(row), decision, **typed)

    def messages(self) -> str:
        return " ".join(" ".join(tree(self.client.get(LIST)).xpath("//ul[@class='messagelist']//text()")).split())


def start(writer: Writer, **typed: str) -> Article:
    answer = writer.write(None, "save", **{"slug": "bridges", "headline": "Bridges", "body": BODY, **typed})
    assert answer.status_code == 302, told(answer)
    return Article.objects.get(slug=typed.get("slug", "bridges"))


def fields_of(form: Any) -> dict[str, str]:
    """What a browser would send: it drops a line end that a textarea begins with."""
    return {name: value.removeprefix("\n") for name, value in form.form_values() if value is not None}


def typed_in(page: Answer, name: str) -> str:
    """What stands in a field of the page."""
    [field] = tree(page).xpath(f"//*[@name='{name}']")
    return str(field.value or "").removeprefix("\n")


def told(page: Answer) -> str:
    """What the page says at its top about what did not come about."""
    return " ".join(" ".join(tree(page).xpath("//*[@role='alert' and not(@hidden)]//text()")).split())


def changes(page: Answer) -> tuple[list[str], list[str]]:
    """What the changes on the page take away and what they put there."""
    shown = tree(page).xpath("//dl[@class='desk-changes']")
    return shown[0].xpath(".//del/text()"), shown[0].xpath(".//ins/text()")


def draft_of(article: Article) -> Draft:
    return Draft.objects.get(article=article)
