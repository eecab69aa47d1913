"""Importing a file: what is refused, how the next revision is made, and that nothing is half-written."""

from pathlib import Path

import pytest
from django.db import transaction

from newsroom.audit.account_acts import append_account_added
from newsroom.models import Article, Editor, Kind
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.import_file import TEXT, edited, imported, refused, run, update, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "article.txt", TEXT)


# What is refused ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
        ("Заголовок\n\nТекст".encode("windows-1251"), "not text in UTF-8"),
        ("Head\n\nText".encode("utf-16"), "not text"),
        (b"Only a headline\n", "A headline and a text are needed"),
        (b"x" * 301 + b"\n\nText\n", "--headline"),
        (b"Head\n\nA bell: \x07\n", "U+0007"),
        (b"Head\n\n" + b"word " * 500_000, "2 MB"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_can_be_no_article_is_refused_in_one_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in refused(written(tmp_path / "a.txt", content))


@pytest.mark.parametrize(
    ("saved", "sentence"),
    [
        ("<html><body></body></html>", "no article was found in the page"),
        ("<!doctype html>", "the file is not an HTML page"),
        ("<html><script>x()</script></html>", "no article was found in the page"),
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, saved: str, sentence: str) -> None:
    assert refused(written(tmp_path / "a.html", saved)) == sentence


def test_a_page_nested_beyond_reason_is_refused_and_one_nested_much_is_read(tmp_path: Path) -> None:
    def page(depth: int) -> str:
        return f"<html><body>{'<div>' * depth}<p>deep</p></body></html>"

    too_deep, too_long = "the page has elements nested more than 250 deep", "the page has more than 20,000 elements"
    for depth, expected in ((1_500, too_deep), (50_000, too_long)):
        sentence = refused(written(tmp_path / "a.html", page(depth)), "--headline", "Deep")
        assert sentence == expected
    assert imported(written(tmp_path / "a.html", page(240)), "--headline", "Deep").text == "deep"


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "none.txt")
    assert "directory" in refused(tmp_path)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--language", "klingon"], "--language"),
        (["--language", "en-" + "a" * 40], "--language"),
        (["--section", "x" * 81], "--section"),
        (["--headline", " "], "A headline and a text"),
        (["--byline", "a\x00b"], "U+0000"),
        (["--editor", "nobody"], "nobody"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(file: Path, options: list[str], sentence: str) -> None:
    assert sentence in refused(file, *options)


@pytest.mark.parametrize("slug", ["two words", "шлях", "a/b", "", "x" * 121])
def test_a_slug_that_is_no_address_is_refused(file: Path, slug: str) -> None:
    assert "--slug" in refused(file, slug=slug)


def test_a_slug_that_is_taken_is_refused(file: Path) -> None:
    make_article(slug="bridge")
    assert "exists already" in refused(file)


def test_an_editor_who_may_not_publish_is_refused(file: Path) -> None:
    auditor = make_editor(group="Auditor")
    assert "may not" in refused(file, "--editor", auditor.username)


# The next revision ----------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_an_update_makes_the_next_revision_and_keeps_what_no_option_gives(file: Path) -> None:
    imported(file, "--standfirst", "At last", "--byline", "By Anna")
    content = update(edited(file, "recieve", "receive"), Kind.TYPO)
    assert (content.revision.number, content.revision.kind) == (2, "typo")
    assert content.text.startswith("The bridge will receive")
    assert (content.headline, content.standfirst) == ("The bridge opens on Monday", "At last")
    content = update(edited(file, "Monday", "Tuesday"), Kind.UPDATE, "--byline", "")
    assert (content.headline, content.byline) == ("The bridge opens on Tuesday", "")


def test_an_update_of_a_text_without_a_headline_keeps_the_headline(file: Path) -> None:
    body = TEXT.partition("\n\n")[2]
    imported(written(file, body), "--headline", "The bridge opens on Monday")
    content = update(written(file, body.replace("recieve", "receive")), Kind.TYPO)
    assert content.headline == "The bridge opens on Monday"
    assert content.text.startswith("The bridge will receive its first carts.\n\nThe council")


@pytest.mark.parametrize("kind", [Kind.UPDATE, Kind.TYPO])
def test_a_kind_without_demands_is_published_at_once(file: Path, kind: Kind) -> None:
    imported(file)
    assert update(edited(file, "recieve", "receive"), kind).revision.kind == kind


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        (Kind.CLARIFICATION, [], "public note"),
        (Kind.CLARIFICATION, ["--note", "It said 14."], "second editor"),
        (Kind.CORRECTION, [], "public note"),
        (Kind.CORRECTION, ["--note", "It said 14."], "someone else has to approve it. (--approved-by)"),
        (Kind.TYPO, [], "and a second editor. (--note, --approved-by)"),
        (Kind.RETRACTION, ["--note", "Forged."], "may not"),
    ],
)
def test_the_policy_holds_for_an_import_too(file: Path, kind: Kind, options: list[str], sentence: str) -> None:
    imported(file)
    assert sentence in refused(edited(file, "14", "15"), "--update", "--kind", kind, *options)


def test_a_correction_and_a_retraction_name_both_editors(file: Path) -> None:
    chief, second = make_editor(group="Desk chief").username, make_editor(group="Standards editor").username
    by = ["--editor", chief, "--approved-by", second]
    imported(file)
    content = update(edited(file, "14", "15"), Kind.CORRECTION, "--note", "It said 14.", *by)
    assert content.revision.note == "It said 14."
    assert content.revision.approved_by is not None
    assert "own proposal" in refused(
        edited(file, "14", "16"), "--update", "--kind", "correction", "--note", "x", *by[:2], "--approved-by", chief
    )
    puppet = make_editor()
    with transaction.atomic():
        append_account_added(puppet, by=Editor.objects.get(username=chief))
    kind = ["--update", "--kind", "correction", "--note", "It said 15; it is 16."]
    by_puppet = ["--editor", puppet.username, "--approved-by", chief]
    assert "Within the last 30 days" in refused(edited(file, "14", "16"), *kind, *by_puppet)
    retracted = update(edited(file, "14", "16"), Kind.RETRACTION, "--note", "Forged.", *by)
    assert retracted.body == content.body  # the words stand as they were
    assert Article.objects.get(slug="bridge").state == "retracted"
    assert "retracted article stays" in refused(file, "--update", "--kind", "update")


def test_news_that_no_reader_reported_needs_neither_note_nor_second_editor(file: Path) -> None:
    imported(file)
    assert "15 crowns" in update(edited(file, "14", "15"), Kind.UPDATE).text


def test_an_update_that_changes_nothing_or_nobody_is_refused(file: Path) -> None:
    assert "no published article" in refused(file, "--update", "--kind", "update")
    imported(file)
    assert "is the same" in refused(file, "--update", "--kind", "update")
    assert "--kind" in refused(file, "--update")


# The command itself ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("options", [["--slug", "taken"], ["--slug", "new"], ["--slug", "taken", "--update"]])
def test_the_command_answers_in_one_line_and_fails(
    committed_db: Database, tmp_path: Path, file: Path, options: list[str]
) -> None:
    make_article(slug="taken")
    path = file if "taken" in options else tmp_path / "missing.txt"
    done = run(committed_db, path, *options)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("CommandError: ")
    assert not Article.objects.filter(slug="new").exists()


def test_the_command_publishes(committed_db: Database, file: Path) -> None:
    done = run(committed_db, file, "--slug", "bridge")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "/articles/bridge/ revision 1 published\n")
    assert current_revision(Article.objects.get(slug="bridge")).editor.username == "import"
