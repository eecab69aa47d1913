"""Finds words in what readers marked, proposed and noted, and in the articles' headlines and addresses.

PostgreSQL holds indexes for it, which the migrations make: whole words and their beginnings by full text, in any
order; any stretch of three characters and more by trigrams. Other databases, and PostgreSQL without one of these,
look for less, not for longer.
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

MOST_ARTICLES = 1000  # whose headline or address holds the words, the newest
# The index knows nothing of the list's order: so many hits at most are fetched and sorted. Words that stand in more
# cases than that are met again and again by who walks down the list.
MOST_HITS = 5000
TRIGRAM = 3
TRIGRAM_INDEX = "case_exact_trigrams"

Rows = TypeVar("Rows", bound=QuerySet[Any])
PARTS = re.compile(r"[^\W_]+")

# The indexes are over these very expressions; change them together.
OF_CASE = SearchVector("exact", "replacement", config="simple")
OF_NOTE = SearchVector("note", config="simple")
OF_HEADLINE = SearchVector("headline", config="simple")


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in the three places; the newest articles that hold it are known already."""

    words: str
    in_parts: bool  # whether stretches of a word are looked for too
    articles: list[int]

    def among(self, cases: CaseQuerySet, *, many: bool = False) -> CaseQuerySet:
        """Those of few cases that hold the words; each is looked at, and its notes with it.

        With `many` of them, the notes are asked of the index beforehand.
        """
        noted = self._noted(MOST_HITS) if many else []
        by_note: Exists | Q = Q(pk__in=noted)
        if not many or len(noted) == MOST_HITS:
            notes = _lowered(_notes(), "note").filter(
                _read_for(self.words, self.in_parts, ("note",)), case=OuterRef("pk")
            )
            by_note = Exists(notes)
        own = _read_for(self.words, self.in_parts, ("exact", "replacement"))
        return _lowered(cases, "exact", "replacement").filter(Q(article__in=self.articles) | own | by_note)

    def throughout(self, cases: CaseQuerySet, *, most: int = MOST_HITS) -> CaseQuerySet:
        """Those of any number of cases that hold the words, found by the indexes; any `most` of them and no more."""
        if connection.vendor != "postgresql":
            return self.among(cases)
        held = _holds(self.words, self.in_parts, ("exact", "replacement")) | Q(article__in=self.articles)
        own = cases.order_by().alias(words=OF_CASE).filter(held).values_list("pk", flat=True)[:most]
        # As a subquery they would be held against every waiting case.
        return cases.filter(pk__in={*own, *self._noted(most)})

    def _noted(self, most: int) -> list[int]:
        """Any `most` of the cases with a note that holds the words."""
        return list(
            _notes().filter(_holds(self.words, self.in_parts, ("note",))).values_list("case_id", flat=True)[:most]
        )


def search_for(words: str) -> Search:
    in_parts = _finds_parts(words)
    return Search(words, in_parts, _articles(words, in_parts))


def _notes() -> QuerySet[Suggestion]:
    return Suggestion.objects.live().alias(words=OF_NOTE).filter(case__isnull=False).exclude(note="")


def _articles(words: str, in_parts: bool) -> list[int]:
    """Asked one by one: no index serves an OR over two tables."""
    titled = RevisionText.objects.alias(words=OF_HEADLINE).filter(_holds(words, in_parts, ("headline",)))
    current = Article.objects.filter(current__in=titled.values("pk"))
    found = [current]
    if in_parts:
        found.append(Article.objects.filter(slug__icontains=words))
    return [pk for articles in found for pk in articles.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES]]


def _holds(words: str, in_parts: bool, fields: tuple[str, ...]) -> Q:
    """`words` is the alias of the fields' vector."""
    condition = Q()
    if connection.vendor == "postgresql":
        condition |= Q(words=SearchQuery(_beginnings(words), config="simple", search_type="raw"))
    if in_parts:
        for field in fields:
            condition |= Q(**{f"{field}__icontains": words})
    return condition


def _read_for(words: str, in_parts: bool, fields: tuple[str, ...]) -> Q:
    """As `_holds`, without the indexes: of `lowered`, the alias of the fields' text.

    Most texts are told by a glance not to hold the words; to part a text into its words takes ten times as long. What
    stands between letters and digits is the same to the full text, so they alone are compared first.
    """
    if connection.vendor != "postgresql":
        return _holds(words, in_parts, fields)
    glance = Q(*(Q(lowered__contains=part.lower()) for part in PARTS.findall(words)))
    held = Q(parted=SearchQuery(_beginnings(words), config="simple", search_type="raw"))
    if in_parts:
        held |= Q(lowered__contains=words.lower())
    return glance & held


def _lowered(rows: Rows, *fields: str) -> Rows:
    if connection.vendor != "postgresql":
        return rows
    apart = [part for field in fields for part in (field, Value("\n"))]
    lowered = Lower(Concat(*apart, output_field=TextField()))
    found: Rows = rows.alias(lowered=lowered).alias(parted=SearchVector("lowered", config="simple"))
    return found


def _finds_parts(words: str) -> bool:
    return connection.vendor != "postgresql" or (len(words) >= TRIGRAM and _has_trigrams())


def _beginnings(words: str) -> str:
    """As to_tsquery reads it: every word, or one that begins so."""
    quoted = (word.replace("\\", "\\\\").replace("'", "''") for word in words.split())
    return " & ".join(f"'{word}':*" for word in quoted)


def _has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [TRIGRAM_INDEX])
        return bool(cursor.fetchone()[0])
