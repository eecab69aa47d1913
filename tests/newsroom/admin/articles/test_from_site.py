"""From an article's public address to the pages of the desk, for whoever may."""

import pytest
from django.test import Client

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.admin.articles.from_site import TOOLS
from tests.support.admin_page import tree
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db
MAY = {
    COPY_EDITOR: {"correct", "revert", "history"},
    STANDARDS_EDITOR: {"correct", "revert", "retract", "withhold", "history"},
    DESK_CHIEF: {"correct", "revert", "retract", "withhold", "history"},
    AUDITOR: {"history"},
}


def logged_in(group: str) -> Client:
    client = Client()
    client.force_login(make_editor(group=group))
    return client


@pytest.mark.parametrize("group", MAY)
def test_each_page_of_the_desk_names_the_tools_that_its_editor_may_use(group: str) -> None:
    article, client = make_article(), logged_in(group)
    make_revision(article, find="Tuesday", put="Monday")
    page = tree(client.get("/admin/profile/"))
    assert set(page.xpath("//*[@data-tool]/@data-tool")) == MAY[group]
    for tool in TOOLS:
        answer = client.get(f"/admin/newsroom/article/at/{article.slug}/{tool}/", follow=True)
        assert answer.status_code == (200 if tool in MAY[group] else 403), tool


def test_each_tool_leads_to_its_page() -> None:
    article, client = make_article(), logged_in(DESK_CHIEF)
    first = article.current_id
    at = f"/admin/newsroom/article/at/{article.slug}/"
    assert "No earlier version" in client.get(f"{at}revert/", follow=True).content.decode()
    last = make_revision(article, find="Tuesday", put="Monday")
    assert client.get(f"{at}correct/")["Location"] == f"/admin/newsroom/article/{article.pk}/change/"
    assert client.get(f"{at}revert/")["Location"] == f"/admin/newsroom/revision/{first}/revert/"
    assert client.get(f"{at}withhold/")["Location"] == f"/admin/newsroom/withholding/ask/{last.pk}/"
    assert client.get(f"{at}history/")["Location"] == f"/admin/newsroom/revision/?q={article.slug}"
    kind = tree(client.get(f"{at}retract/", follow=True)).xpath("//select[@name='kind']/option[@selected]/@value")
    assert kind == ["retraction"]


def test_no_such_tool_no_such_article_and_nobody() -> None:
    article, client = make_article(), logged_in(DESK_CHIEF)
    assert client.get(f"/admin/newsroom/article/at/{article.slug}/publish/").status_code == 404
    assert client.get("/admin/newsroom/article/at/nowhere/correct/").status_code == 404
    assert Client().get(f"/admin/newsroom/article/at/{article.slug}/correct/")["Location"].startswith("/admin/login/")
