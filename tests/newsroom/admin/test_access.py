"""What the four groups may open and change in the newsroom's admin, and what nobody may."""

import pytest
from django.contrib.auth.models import Group, Permission

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Article, Editor, Revision
from tests.support.editor_page import LIST, Writer, address_of, buttons, tree
from tests.support.factories import PASSWORD, current_revision, make_article, make_editor, make_revision

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


def test_revisions_and_acts_are_shown_and_cannot_be_changed() -> None:
    make_revision(make_article(headline="Bridges"), find="Tuesday", put="Monday", note="Moved by a day.")
    client = Writer(group=DESK_CHIEF).client
    revision, act = Revision.objects.get(number=2), Act.objects.latest("sequence")
    shown = client.get(f"/admin/newsroom/revision/{revision.pk}/change/").content.decode()
    assert "Moved by a day." in shown
    assert revision.get_absolute_url() in shown
    assert client.post(f"/admin/newsroom/revision/{revision.pk}/change/", {"note": "x"}).status_code == 403
    shown = client.get(f"/admin/newsroom/act/{act.pk}/change/").content.decode()
    assert revision.digest in shown
    assert act.hash in shown
    assert client.post(f"/admin/newsroom/act/{act.pk}/change/", {"verb": "x"}).status_code == 403


def test_the_history_of_an_article_names_actor_and_reason_and_cannot_be_turned_back() -> None:
    article = make_article()
    by = make_editor(public_name="Olha")
    make_revision(article, find="Tuesday", put="Monday", by=by)
    auditor = Writer(group=AUDITOR)
    [row] = tree(auditor.client.get(f"{LIST}{article.pk}/history/")).xpath("//tbody/tr[1]")
    assert "Olha" in row.text_content()
    assert "Update, revision 2" in row.text_content()
    assert "Published" in row.text_content()
    first = article.history.earliest()
    old = {"slug": "stolen", "language": "en"}
    answer = auditor.client.post(f"{LIST}{article.pk}/history/{first.pk}/", old, follow=True)
    assert answer.status_code == 404
    article.refresh_from_db()
    assert (article.slug != "stolen", article.current) == (True, Revision.objects.get(number=2))
    blind = make_editor()
    blind.groups.get().permissions.remove(Permission.objects.get(codename="view_historicalarticle"))
    assert Writer(blind).client.get(f"{LIST}{article.pk}/history/").status_code == 403


def test_the_desk_chief_makes_accounts_for_the_four_groups() -> None:
    chief = Writer(group=DESK_CHIEF)
    page = chief.client.get(f"{EDITORS}add/")
    offered = [label.strip() for label in tree(page).xpath("//div[@id='id_groups']//label/text()") if label.strip()]
    assert offered == sorted(GROUPS)
    typed = {
        "username": "new",
        "public_name": "New One",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [str(Group.objects.get(name=COPY_EDITOR).pk)],
        "user_permissions": [str(Permission.objects.get(codename="delete_editor").pk)],
    }
    assert chief.client.post(f"{EDITORS}add/", typed).status_code == 302
    made = Editor.objects.get(username="new")
    assert (made.public_name, made.is_staff, made.is_superuser) == ("New One", True, False)
    assert [group.name for group in made.groups.all()] == [COPY_EDITOR]
    assert not made.user_permissions.exists()


def test_the_desk_chief_gives_no_group_that_holds_more_than_they_do() -> None:
    chief, beyond = Writer(group=DESK_CHIEF), Group.objects.create(name="Owners")
    beyond.permissions.add(Permission.objects.get(codename="delete_editor"))
    copy = make_editor()
    typed = {"username": copy.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    address = f"{EDITORS}{copy.pk}/change/"
    answer = chief.client.post(address, {**typed, "groups": [str(beyond.pk)]})
    assert "Select a valid choice" in answer.content.decode()
    standards = Group.objects.get(name=STANDARDS_EDITOR)
    assert chief.client.post(address, {**typed, "groups": [str(standards.pk)]}).status_code == 302
    copy.refresh_from_db()
    assert (copy.is_superuser, list(copy.groups.all())) == (False, [standards])


@pytest.mark.parametrize("how", ["superuser", "group", "asleep"])
def test_the_desk_chief_changes_nobody_who_holds_more(how: str) -> None:
    chief, other = Writer(group=DESK_CHIEF), make_editor()
    if how == "superuser":
        other.is_superuser = True
    else:
        other.user_permissions.add(Permission.objects.get(codename="delete_editor"))
    other.is_active = how != "asleep"
    other.save()
    address = f"{EDITORS}{other.pk}/change/"
    assert chief.client.get(address).status_code == 200
    assert chief.client.post(address, {"username": "mine"}).status_code == 403
    answer = chief.client.post(f"{EDITORS}{other.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 403


def test_the_desk_chief_sets_a_new_password_for_a_copy_editor() -> None:
    chief, copy = Writer(group=DESK_CHIEF), make_editor()
    new = "another long and quiet harbour"
    typed = {"password1": new, "password2": new, "usable_password": "true", "set-password": "1"}
    assert chief.client.post(f"{EDITORS}{copy.pk}/password/", typed).status_code == 302
    copy.refresh_from_db()
    assert copy.check_password(new)
