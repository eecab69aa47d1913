"""What the four groups may open and change in the newsroom's admin, and what nobody may."""

import pytest
from django.contrib.auth.models import Permission

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Article, Revision
from tests.support.admin_page import buttons, tree
from tests.support.editor_page import LIST, Writer, address_of
from tests.support.factories import current_revision, make_article, make_editor

pytestmark = pytest.mark.django_db
GROUPS = (COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF, AUDITOR)
EDITORS = "/admin/newsroom/editor/"
MAY_OPEN = {
    LIST: GROUPS,
    "/admin/newsroom/proposal/": GROUPS,
    "/admin/newsroom/revision/": GROUPS,
    "/admin/newsroom/picture/": GROUPS,
    f"{LIST}add/": (COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF),
    "/admin/newsroom/picture/add/": (COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF),
    "/admin/newsroom/act/": (STANDARDS_EDITOR, DESK_CHIEF, AUDITOR),
    EDITORS: (DESK_CHIEF, AUDITOR),
    "/admin/auth/group/": (DESK_CHIEF, AUDITOR),
    f"{EDITORS}add/": (DESK_CHIEF,),
    "/admin/newsroom/revision/add/": (),
    "/admin/newsroom/act/add/": (),
    "/admin/newsroom/proposal/add/": (),
    "/admin/auth/group/add/": (),
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_opens_what_is_its_own(group: str) -> None:
    make_article()
    client = Writer(group=group).client
    opened = {address for address in MAY_OPEN if client.get(address).status_code == 200}
    assert opened == {address for address, groups in MAY_OPEN.items() if group in groups}


def test_an_auditor_reads_drafts_and_writes_none() -> None:
    article, writer, auditor = make_article(), Writer(), Writer(group=AUDITOR)
    page = writer.open(article)
    writer.send(page, "save", headline="Not yet")
    shown = auditor.open(article)
    assert not buttons(shown)
    assert "may read articles and drafts" in shown.content.decode()
    assert auditor.client.get(f"{LIST}{article.pk}/preview/").status_code == 200
    assert auditor.client.post(address_of(article), {"decision": "publish", "headline": "x"}).status_code == 403
    assert auditor.client.post(f"{LIST}{article.pk}/discard/").status_code == 403
    assert current_revision(article).number == 1


def test_who_may_write_and_not_publish_only_writes() -> None:
    article, editor = make_article(), make_editor()
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_revision"))
    writer = Writer(editor)
    page = writer.open(article)
    assert buttons(page) == {"save", "preview"}
    assert writer.send(page, "save", headline="Mine").status_code == 302
    [form] = tree(writer.open(article)).xpath("//form[.//button[@value='save']]")
    fields = {name: value for name, value in form.form_values() if value is not None}
    answer = writer.client.post(address_of(article), {**fields, "kind": "update", "decision": "publish"})
    assert (answer.status_code, current_revision(article).number) == (403, 1)


@pytest.mark.parametrize("model", [Article, Revision, Act])
def test_nobody_deletes_an_article_or_its_record(model: type[Article | Revision | Act]) -> None:
    make_article()
    chief = make_editor(group=DESK_CHIEF)
    chief.is_superuser = True
    chief.save()
    client, name = Writer(chief).client, model._meta.model_name
    row = model.objects.earliest("pk")
    assert client.post(f"/admin/newsroom/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
    client.post(f"/admin/newsroom/{name}/", form)
    assert model.objects.filter(pk=row.pk).exists()
