"""Fills a desk with cases, copied by the database itself from one that went the whole way: one by one takes hours."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from django.test import Client

from benchmarks.yardwords import COMMON, EVERY_FEW, HEADLINE, RARE, SOME
from corrections.anchoring.relocation import Quote
from corrections.models import Case, Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Editor, Kind, Revision, RevisionText
from newsroom.publishing.publish import clean_wording, publish_revision

PASSAGE = "The ferry leaves at nine"
PER_ARTICLE = 20  # cases, at any size of the desk
# Some words stand in a hundred cases however many there are, others in a share of them.
RARE_CASES = 100
# A word of its own and a few of 5,000 make a passage; a note stands beside every tenth.
WORDS = """
    concat_ws(' ', 'passage', 'w' || n * 7919 %% 5000, 'v' || n * 104729 %% 5000, 'u' || n,
        CASE WHEN n <= {rare_cases} THEN '{rare}' END,
        CASE WHEN n %% {every_few} = 0 THEN '{some}' END,
        CASE WHEN n %% 3 = 0 THEN '{common}' END)
""".format(rare_cases=RARE_CASES, rare=RARE, every_few=EVERY_FEW, some=SOME, common=COMMON)  # noqa: UP032
TABLES = [model._meta.db_table for model in (Case, Suggestion, RevisionText, Article, Revision)]


def main() -> None:
    """As many cases as the first argument says; leaves the headers of a logged-in editor beside the site's data."""
    number = int(sys.argv[1])
    editor = Editor.objects.create_user("queue-editor", is_staff=True)
    editor.groups.set(Group.objects.all())
    model = _one_case(editor)
    indexes = _drop_indexes()
    _copy_articles(model.article, number // PER_ARTICLE)
    _copy_cases(model, number)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for index in indexes:
            cursor.execute(index)
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    (Path(settings.DATA_DIR) / "editor.json").write_text(json.dumps({"Cookie": cookies}))


def _one_case(editor: Editor) -> Case:
    article = Article.objects.create(slug="ferry", section="Local")
    wording = clean_wording(headline="Ferries", standfirst="", byline="", body=f"<p>{PASSAGE}, as it always did.</p>")
    revision = publish_revision(article, base=None, by=editor, kind=Kind.PUBLICATION, wording=wording)
    end = len(PASSAGE)
    quote = Quote(field="body", exact=PASSAGE, prefix="", suffix=", as", start=0, end=end, revision=1)
    sent = SuggestionInput(
        quote=quote, replacement="The ferry leaves at ten", category="fact", note="It is on the board"
    )
    case = triage_suggestion(submit_suggestion(revision, sent=sent).pk)
    assert case is not None
    return case


def _drop_indexes() -> list[str]:
    """All but those that keep rows apart; returns what makes them again."""
    unbound = """
        SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexdef LIKE 'CREATE INDEX %%'
    """
    with connection.cursor() as cursor:
        cursor.execute(unbound, [TABLES])
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _copy_articles(article: Article, number: int) -> None:
    """Each with its revision and words; the record of acts knows nothing of them, and nothing here asks it."""
    others = {"id": "1000000 + n", "slug": "'ferry-' || n", "state": "'draft'", "current_id": "NULL::bigint"}
    copy_rows(article, others, number)
    revision = article.current
    assert revision
    copy_rows(revision, {"id": "1000000 + n", "article_id": "1000000 + n"}, number)
    headline = f"'Ferry story ' || n || CASE WHEN n %% {EVERY_FEW} = 0 THEN ' {HEADLINE}' ELSE '' END"
    copy_rows(revision.require_content(), {"revision_id": "1000000 + n", "headline": headline}, number)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_article SET current_id = id, state = 'published' WHERE id > 1000000")


def _copy_cases(case: Case, number: int) -> None:
    """Half of them open, in an order that is not the order of their numbers."""
    place = f"1000001 + n * 15485863 %% {number // PER_ARTICLE}"
    moment = "timestamptz '2026-01-01' + (n * 32452843 %% 1000003) * interval '30 seconds'"
    others = {"id": "1000000 + n", "article_id": place, "anchored_in_id": place, "exact": WORDS, "rank": moment}
    others |= {"first_at": moment, "last_at": moment, "category": "(ARRAY['typo','fact','clarity'])[1 + n %% 3]"}
    others |= {
        "state": "CASE WHEN n %% 2 = 0 THEN 'open' ELSE 'already_fixed' END",
        "decided_at": f"CASE WHEN n %% 2 = 1 THEN {moment} + interval '1 day' END",
    }
    copy_rows(case, others, number)
    suggestion = case.suggestions.get()
    told = {"id": "gen_random_uuid()", "token_hash": "'t' || n", "case_id": "1000000 + n", "article_id": place}
    told |= {"read_in_id": place, "exact": WORDS, "note": f"CASE WHEN n %% 10 = 0 THEN 'note ' || {WORDS} ELSE '' END"}
    copy_rows(suggestion, told, number)


def copy_rows(row: Model, others: dict[str, str], number: int) -> None:
    """The row `number` times, with other values in some columns: SQL over n, which counts from 1."""
    meta = row._meta
    columns = [field.column for field in meta.concrete_fields]
    values = [others.get(column, f'model."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    assert meta.pk is not None
    sql = f"""
        INSERT INTO {meta.db_table} ({names}) SELECT {", ".join(values)}
        FROM {meta.db_table} AS model, generate_series(1, %s::bigint) AS n WHERE model.{meta.pk.column} = %s
    """  # names of columns and constants
    with connection.cursor() as cursor:
        cursor.execute(sql, [number, row.pk])
