"""Search in passages, replacements and notes, and in the articles' headlines and slugs.

On PostgreSQL by indexes that the migrations create: words and their prefixes, in any order, by full-text search;
substrings of three characters and more by trigrams. Without pg_trgm no substrings are found; SQLite scans.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower

from corrections.models import CaseQuerySet, Suggestion
from newsroom.models import Article, RevisionText

MOST_ARTICLES = 1000  # the newest whose headline or slug matches
# The indexes do not know the list's order, so hits are fetched and sorted, up to this number. More frequent words are
# found by scanning the list; see corrections.desk.case_list.
MOST_HITS = 5000
TRIGRAM = 3
TRIGRAM_INDEX = "case_exact_trigrams"

Rows = TypeVar("Rows", bound=QuerySet[Any])
PARTS = re.compile(r"[^\W_]+")

# The indexes are on exactly these expressions; change them together.
OF_CASE = SearchVector("exact", "replacement", config="simple")
OF_NOTE = SearchVector("note", config="simple")
OF_HEADLINE = SearchVector("headline", config="simple")


@dataclass(frozen=True, slots=True)
class Search:
    """A query for cases; the matching articles, the newest first, are looked up beforehand."""

    words: str
    in_parts: bool  # whether substrings match too
    articles: list[int]

    def among(self, cases: CaseQuerySet, *, many: bool = False) -> CaseQuerySet:
        """The matches among few cases, by scanning each with its notes.

        With `many` of them, the notes are looked up in the index beforehand.
        """
        noted = self._noted(MOST_HITS) if many else []
        by_note: Exists | Q = Q(pk__in=noted)
        if not many or len(noted) == MOST_HITS:
            notes = _with_lowered_text(_notes(), "note").filter(
                _scan_condition(self.words, self.in_parts, ("note",)), case=OuterRef("pk")
            )
            by_note = Exists(notes)
        own = _scan_condition(self.words, self.in_parts, ("exact", "replacement"))
        return _with_lowered_text(cases, "exact", "replacement").filter(Q(article__in=self.articles) | own | by_note)

    def throughout(self, cases: CaseQuerySet, *, most: int = MOST_HITS) -> CaseQuerySet:
        """The matches among any number of cases, by the indexes; at most `most`, in no order."""
        if connection.vendor != "postgresql":
            return self.among(cases)
        held = _index_condition(self.words, self.in_parts, ("exact", "replacement")) | Q(article__in=self.articles)
        own = cases.order_by().alias(words=OF_CASE).filter(held).values_list("pk", flat=True)[:most]
        # Evaluated first: as a subquery it would be run for every case.
        return cases.filter(pk__in={*own, *self._noted(most)})

    def _noted(self, most: int) -> list[int]:
        """Primary keys of at most `most` cases with a matching note, in no order."""
        return list(
            _notes()
            .filter(_index_condition(self.words, self.in_parts, ("note",)))
            .values_list("case_id", flat=True)[:most]
        )


def build_search(words: str) -> Search:
    in_parts = _finds_substrings(words)
    return Search(words, in_parts, _articles(words, in_parts))


def _notes() -> QuerySet[Suggestion]:
    return Suggestion.objects.live().alias(words=OF_NOTE).filter(case__isnull=False).exclude(note="")


def _articles(words: str, in_parts: bool) -> list[int]:
    """Two queries: no index serves an OR across two tables."""
    titled = RevisionText.objects.alias(words=OF_HEADLINE).filter(_index_condition(words, in_parts, ("headline",)))
    current = Article.objects.filter(current__in=titled.values("pk"))
    found = [current]
    if in_parts:
        found.append(Article.objects.filter(slug__icontains=words))
    return [pk for articles in found for pk in articles.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES]]


def _index_condition(words: str, in_parts: bool, fields: tuple[str, ...]) -> Q:
    """For a query whose alias `words` is the search vector of the fields."""
    condition = Q()
    if connection.vendor == "postgresql":
        condition |= Q(words=SearchQuery(_beginnings(words), config="simple", search_type="raw"))
    if in_parts:
        for field in fields:
            condition |= Q(**{f"{field}__icontains": words})
    return condition


def _scan_condition(words: str, in_parts: bool, fields: tuple[str, ...]) -> Q:
    """The same for a scan; for a query with the aliases of `_with_lowered_text`.

    A cheap substring pre-check rejects most texts, as parsing a text search vector takes ten times as long. It compares
    runs of letters and digits only, as full-text search ignores what separates them.
    """
    if connection.vendor != "postgresql":
        return _index_condition(words, in_parts, fields)
    glance = Q(*(Q(lowered__contains=part.lower()) for part in PARTS.findall(words)))
    held = Q(parted=SearchQuery(_beginnings(words), config="simple", search_type="raw"))
    if in_parts:
        held |= Q(lowered__contains=words.lower())
    return glance & held


def _with_lowered_text(rows: Rows, *fields: str) -> Rows:
    if connection.vendor != "postgresql":
        return rows
    apart = [part for field in fields for part in (field, Value("\n"))]
    lowered = Lower(Concat(*apart, output_field=TextField()))
    found: Rows = rows.alias(lowered=lowered).alias(parted=SearchVector("lowered", config="simple"))
    return found


def _finds_substrings(words: str) -> bool:
    return connection.vendor != "postgresql" or (len(words) >= TRIGRAM and _has_trigrams())


def _beginnings(words: str) -> str:
    """A to_tsquery expression: all words, each as a prefix."""
    quoted = (word.replace("\\", "\\\\").replace("'", "''") for word in words.split())
    return " & ".join(f"'{word}':*" for word in quoted)


def _has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [TRIGRAM_INDEX])
        return bool(cursor.fetchone()[0])
