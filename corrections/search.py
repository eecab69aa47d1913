"""Finds words in what readers marked, proposed and noted, and in the articles' headlines and addresses.

PostgreSQL holds indexes for it, which the migrations make: whole words and their beginnings by full text, in any
order; any stretch of three characters and more by trigrams. Other databases, and PostgreSQL without one of these,
look for less, not for longer.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from corrections.models import CaseQuerySet, Suggestion
from newsroom.models import Article, RevisionText

MOST_ARTICLES = 1000  # whose headline or address holds the words, the newest
# The index knows nothing of the list's order: so many hits at most are fetched and sorted. Words that stand in more
# cases than that are met again and again by who walks down the list.
MOST_HITS = 5000
TRIGRAM = 3
TRIGRAM_INDEX = "case_exact_trigrams"

# The indexes are over these very expressions; change them together.
OF_CASE = SearchVector("exact", "replacement", config="simple")
OF_NOTE = SearchVector("note", config="simple")
OF_HEADLINE = SearchVector("headline", config="simple")


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in the three places."""

    of_case: Q
    of_note: Q

    def among(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Those of few cases that hold the words; each is looked at."""
        notes = _notes().filter(self.of_note, case=OuterRef("pk"))
        return cases.alias(words=OF_CASE).filter(self.of_case | Exists(notes))

    def throughout(self, cases: CaseQuerySet, *, most: int = MOST_HITS) -> CaseQuerySet:
        """Those of any number of cases that hold the words, found by the indexes; any `most` of them and no more."""
        if connection.vendor != "postgresql":
            return self.among(cases)
        own = cases.order_by().alias(words=OF_CASE).filter(self.of_case).values_list("pk", flat=True)[:most]
        noted = _notes().filter(self.of_note).values_list("case_id", flat=True)[:most]
        # As a subquery they would be held against every waiting case.
        return cases.filter(pk__in={*own, *noted})


def search_for(words: str) -> Search:
    of_case = _holds(words, ("exact", "replacement"))
    return Search(of_case | Q(article__in=_articles(words)), _holds(words, ("note",)))


def _notes() -> QuerySet[Suggestion]:
    return Suggestion.objects.live().alias(words=OF_NOTE).filter(case__isnull=False).exclude(note="")


def _articles(words: str) -> list[int]:
    """Asked one by one: no index serves an OR over two tables."""
    titled = RevisionText.objects.alias(words=OF_HEADLINE).filter(_holds(words, ("headline",)))
    current = Article.objects.filter(current__in=titled.values("pk"))
    found = [current]
    if _finds_parts(words):
        found.append(Article.objects.filter(slug__icontains=words))
    return [pk for articles in found for pk in articles.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES]]


def _holds(words: str, fields: tuple[str, ...]) -> Q:
    """`words` is the alias of the fields' vector."""
    condition = Q()
    if connection.vendor == "postgresql":
        condition |= Q(words=SearchQuery(_beginnings(words), config="simple", search_type="raw"))
    if _finds_parts(words):
        for field in fields:
            condition |= Q(**{f"{field}__icontains": words})
    return condition


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
