"""Cases as CSV and JSON files: every row once, no formula, no reader; the addresses have to be wired into the admin."""

import csv
import json
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from corrections.decisions.outcomes import decline_case
from corrections.models import Case
from corrections.statistics.exports import COLUMNS, FORMULA, escape_formula, export_range, read_chunks, write_json
from corrections.statistics.periods import period_of
from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF
from tests.support.admin_page import Answer
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
WORDS = ("council", "report", "bridges", "three", "closed")


def export(name: str, query: str = "", *, group: str = DESK_CHIEF) -> Answer:
    return Desk(group=group).client.get(f"{LIST}export.{name}{query}")


def text_of(answer: Answer) -> str:
    return b"".join(answer.streaming_content).decode()


def csv_rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text_of(answer), newline="")))


def make_cases() -> list[Case]:
    article = make_article()
    return [make_case(article, word, word.upper()) for word in WORDS]


@pytest.mark.parametrize("name", ["csv", "json"])
def test_only_who_may_see_the_numbers_gets_the_file(name: str) -> None:
    assert export(name, group=DESK_CHIEF).status_code == 200
    assert export(name, group=COPY_EDITOR).status_code == 403


@pytest.mark.both_databases
def test_a_row_of_the_csv_file_holds_the_case() -> None:
    article = make_article(slug="bridges", headline="Report, due")
    case = make_case(article, category="fact")
    decline_case(case, by=make_editor(public_name="Ada"), reason="Both spellings\nare “right”.")
    answer = export("csv")
    [row] = csv_rows(answer)
    assert list(row) == list(COLUMNS)
    assert (row["id"], row["article"], row["headline"], row["section"]) == (
        str(case.pk),
        "bridges",
        "Report, due",
        "Local",
    )
    assert (row["language"], row["state"], row["category"], row["field"]) == ("en", "declined", "fact", "body")
    assert (row["passage"], row["suggested"], row["readers"]) == ("recieve", "receive", "1")
    assert (row["decided_by"], row["reason"], row["revision"]) == ("Ada", "Both spellings\nare “right”.", "")
    assert row["first_at"] == case.first_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert answer["X-Rows"] == "1"
    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer["Content-Disposition"].startswith('attachment; filename="cases-')
    assert "no-store" in answer["Cache-Control"]


def test_lines_end_as_rfc_4180_has_it_and_no_mark_stands_before_them() -> None:
    make_cases()
    text = text_of(export("csv"))
    assert text.startswith("id,article,")
    assert text.count("\r\n") == text.count("\n") == 6


@pytest.mark.both_databases
def test_the_json_file_is_an_array_of_the_same_rows() -> None:
    case = make_case(make_article(), "14", None, note="Nobody counted them.")
    answer = export("json")
    [row] = json.loads(text_of(answer))
    assert list(row) == list(COLUMNS)
    assert (row["id"], row["passage"], row["suggested"], row["readers"]) == (case.pk, "14", None, 1)
    assert (row["looked_at"], row["revision"]) == (None, None)
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(("count", "lines"), [(0, 2), (1, 3), (5, 7)])
def test_each_case_stands_on_a_line_of_the_json_file(count: int, lines: int) -> None:
    text = "".join(write_json(iter([[{"id": number}] for number in range(count)])))
    assert text.count("\n") == lines
    assert json.loads(text) == [{"id": number} for number in range(count)]


def test_the_json_file_keeps_what_could_be_a_formula_as_it_is() -> None:
    make_case(make_article(), "recieve", "=1+1")
    [row] = json.loads(text_of(export("json")))
    assert row["suggested"] == "=1+1"


def test_the_csv_file_makes_what_could_be_a_formula_harmless() -> None:
    make_case(make_article(), "recieve", '=HYPERLINK("https://evil.example")')
    [row] = csv_rows(export("csv"))
    assert row["suggested"] == '\'=HYPERLINK("https://evil.example")'


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@A1", "\t=1", "\r1", "\n1", "\0=1", "  =1", '"=1', " ' \"@A1", "\xa0=1", "＝1", "\ufeff=1"],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "recieve", "1 = 1", "a-b", "“quoted”", "'tis", "– a dash", "a@b.example"])
def test_every_other_cell_is_left_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@given(st.text(alphabet="=+-@'\" \t\r\nab"))
def test_taking_the_apostrophe_away_gives_the_cell_as_it_was(text: str) -> None:
    written = escape_formula(text)
    added = written.startswith("'") and FORMULA.match(written[1:]) is not None
    assert (written[1:] if added else written) == text


@pytest.mark.parametrize("name", ["csv", "json"])
def test_the_file_says_nothing_about_readers(name: str) -> None:
    make_case(make_article(), note="My cousin works there.", email="reader@example.org")
    text = text_of(export(name))
    assert "cousin" not in text
    assert "reader@example.org" not in text


def test_the_file_holds_what_was_first_reported_in_the_period() -> None:
    old, *others = make_cases()
    Case.objects.filter(pk=old.pk).update(first_at=timezone.now() - timedelta(days=8))
    answer = export("csv", "?days=7")
    assert [int(row["id"]) for row in csv_rows(answer)] == [case.pk for case in others]
    assert answer["X-Rows"] == "4"


@pytest.mark.both_databases
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_chunks_hold_every_case_once(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("corrections.statistics.exports.CHUNK_SIZE", size)
    cases = make_cases()
    period = period_of(7)
    chunks = list(read_chunks(period, export_range(period)))
    assert [row["id"] for chunk in chunks for row in chunk] == [case.pk for case in cases]
    assert max(map(len, chunks)) == min(size, 5)


def test_chunks_are_read_by_key_one_query_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corrections.statistics.exports.CHUNK_SIZE", 2)
    make_cases()
    period = period_of(7)
    extent = export_range(period)
    with CaptureQueriesContext(connection) as queries:
        chunks = read_chunks(period, extent)
        assert len(queries) == 0
        next(chunks)
        assert len(queries) == 1
        list(chunks)
    assert len(queries) == 3
    assert not [query for query in queries if "OFFSET" in query["sql"]]


def test_a_case_that_comes_in_meanwhile_is_not_in_the_file() -> None:
    cases = make_cases()
    period = period_of(7)
    extent = export_range(period)
    late = make_case(make_article())
    Case.objects.filter(pk=late.pk).update(first_at=cases[0].first_at)
    keys = [row["id"] for chunk in read_chunks(period, extent) for row in chunk]
    assert len(keys) == extent.rows
    assert late.pk not in keys
    assert all(before < after for before, after in pairwise(keys))


@pytest.mark.parametrize("name", ["csv", "json"])
def test_nothing_to_export_is_a_file_too(name: str) -> None:
    answer: Any = export(name)
    text = text_of(answer)
    assert answer["X-Rows"] == "0"
    assert text == (",".join(COLUMNS) + "\r\n" if name == "csv" else "[\n]\n")
