"""An archive of many articles with the fingerprints of their sentences, and look-ups in it."""

import json
import sys
from collections.abc import Iterator
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection

from benchmarks.filling import copy_rows
from corrections.anchoring.spans import Span
from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.lookup import find_echoes
from corrections.echoes.matching import Mistake
from corrections.echoes.sentences import sentence_spans
from newsroom.models import Article, Editor, Kind
from newsroom.publishing.publish import clean_wording, publish_revision

SENTENCES = 50  # of an article
FIRST = 1_000_000  # keys of the copied articles and revisions begin after it
WORDS = 30_000
# Short words are the frequent ones, as in any language; by Zipf's law the first is one in twelve or so.
LETTERS = "aeioulnrstdmpkbgfv"
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
COPIES = 5  # of each sentence that is looked for
SOUGHT = 200
TURNS = 5
CHUNK = 500  # articles that a process makes at a time
COPY_TEXT = "COPY newsroom_revisiontext (revision_id, headline, standfirst, byline, body, text) FROM STDIN"
COPY_PRINTS = 'COPY corrections_sentencefingerprint (hash, revision_id, field, start, "end") FROM STDIN'
INDEXES = """
    SELECT indexname, indexdef, EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
    FROM pg_indexes WHERE tablename = 'corrections_sentencefingerprint'
"""

Made = tuple[int, str, list[tuple[int, int, int]]]
"""An article's number, its text, and hash, start and end of each fingerprint."""


def fill() -> None:
    """As many articles as the first argument says; leaves what is looked for beside the site's data."""
    number = int(sys.argv[1])
    editor = Editor.objects.create_user("archivist", is_staff=True)
    editor.groups.set(Group.objects.all())
    article = Article.objects.create(slug="archive", section="Local")
    wording = clean_wording(headline="Archive", standfirst="", byline="", body="<p>Nothing is told here.</p>")
    revision = publish_revision(article, base=None, by=editor, kind=Kind.PUBLICATION, wording=wording)
    article = revision.article
    others = {"id": f"{FIRST} + n", "slug": "'archive-' || n", "state": "'draft'", "current_id": "NULL::bigint"}
    copy_rows(article, others, number)
    copy_rows(revision, {"id": f"{FIRST} + n", "article_id": f"{FIRST} + n"}, number)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the keys are there: no look-up for each row
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _definition, is_key in indexes:
            drop = "ALTER TABLE corrections_sentencefingerprint DROP CONSTRAINT" if is_key else "DROP INDEX"
            cursor.execute(f'{drop} "{name}"')
        _copy(cursor, number)
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _name, definition, _is_key in indexes:
            cursor.execute(definition)
        cursor.execute(f"UPDATE newsroom_article SET current_id = id, state = 'published' WHERE id > {FIRST}")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _copy(cursor: object, number: int) -> None:
    sought = _sought()
    chunks = [range(at, min(at + CHUNK, number)) for at in range(0, number, CHUNK)]
    with get_context("fork").Pool(2) as pool:
        for made in pool.imap_unordered(_chunk, chunks):
            _copy_chunk(cursor, made)
    (Path(settings.DATA_DIR) / "sought.json").write_text(json.dumps(sought))


def _copy_chunk(cursor: object, made: list[Made]) -> None:
    with cursor.copy(COPY_TEXT) as copy:  # type: ignore[attr-defined]
        for number, text, _prints in made:
            copy.write_row((FIRST + 1 + number, f"Story {number}", "", "", f"<p>{text}</p>", text))
    with cursor.copy(COPY_PRINTS) as copy:  # type: ignore[attr-defined]
        for number, _text, prints in made:
            for value, start, end in prints:
                copy.write_row((value, FIRST + 1 + number, "body", start, end))


def _chunk(numbers: range) -> list[Made]:
    sought = _sought()
    return [_article(number, sought) for number in numbers]


def _article(number: int, sought: list[str]) -> Made:
    chance = Random(number)
    sentences = [_sentence(chance) for _ in range(SENTENCES)]
    if number < SOUGHT * COPIES:
        sentences[chance.randrange(SENTENCES)] = sought[number // COPIES]
    text = " ".join(sentences)
    prints = [
        (value, span.start, span.end)
        for span in sentence_spans(text)
        for value in fingerprints(text[span.start : span.end])
    ]
    return number, text, prints


def _sought() -> list[str]:
    chance = Random("sought")
    return [_sentence(chance) for _ in range(SOUGHT)]


def _sentence(chance: Random) -> str:
    return " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=chance.randint(8, 26))).capitalize() + "."


def _vocabulary() -> Iterator[str]:
    chance, known = Random("words"), set[str]()
    while len(known) < WORDS:
        size = chance.randint(2, 4) if len(known) < 150 else chance.randint(4, 11)
        word = "".join(chance.choices(LETTERS, k=size))
        if word not in known:
            known.add(word)
            yield word


VOCABULARY = list(_vocabulary())


def measure() -> None:
    """Prints the median of a look-up's time over that of a primary-key look-up."""
    sentences = json.loads((Path(settings.DATA_DIR) / "sought.json").read_text())
    for sentence in sentences:
        assert len(find_echoes(_mistake(sentence), but=0)) == COPIES, sentence
    ratios = [_seconds_of_look_ups(sentences) / _seconds_of_keys() for _turn in range(TURNS)]
    print(median(ratios))


def _mistake(sentence: str) -> Mistake:
    """The longest word is wrong."""
    word = max(sentence.rstrip(".").split()[1:], key=len)
    start = sentence.index(f" {word}") + 1
    return Mistake(sentence, Span(start, start + len(word)), word + "x")


def _seconds_of_look_ups(sentences: list[str]) -> float:
    times = []
    for sentence in sentences:
        started = perf_counter()
        find_echoes(_mistake(sentence), but=0)
        times.append(perf_counter() - started)
    return median(times)


def _seconds_of_keys() -> float:
    chance, times = Random("keys"), []
    last = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for _ in range(SOUGHT):
        key = chance.randint(FIRST + 1, last)
        started = perf_counter()
        Article.objects.get(pk=key)
        times.append(perf_counter() - started)
    return median(times)
