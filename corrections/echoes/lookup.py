"""Find the sentences of other articles that have the same mistake."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from corrections.anchoring.spans import Span
from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.index import FIELDS, current_texts
from corrections.echoes.matching import Fitted, Mistake, fit, in_whole_words
from corrections.echoes.sentences import sentence_spans
from newsroom.diffs.words import word_diff
from newsroom.models import Revision, RevisionText

MOST = 50  # sentences that are compared; those that share most fingerprints
# Rows read of one hash: one that more sentences share tells little.
OF_ONE_HASH = """
    SELECT * FROM (
        SELECT revision_id, field, start, "end" FROM corrections_sentencefingerprint WHERE hash = %s LIMIT 200
    ) AS of_one
"""
MOST_MISTAKES = 10  # changes of one revision that are looked for


@dataclass(frozen=True, slots=True)
class Echo:
    """The same mistake in the current revision of another article, and what puts it right there."""

    revision: Revision
    field: str
    fitted: Fitted

    @property
    def key(self) -> str:
        return f"{self.revision.pk}-{self.field}-{self.fitted.span.start}-{self.fitted.span.end}"

    @property
    def text(self) -> str:
        return self.revision.require_content().canonical(self.field)

    @property
    def wrong(self) -> str:
        return self.text[self.fitted.span.start : self.fitted.span.end]


def find_echoes(mistake: Mistake, *, but: int) -> list[Echo]:
    """In articles other than the one with the key `but`, the newest last. Two queries."""
    mistake = in_whole_words(mistake)
    sentence = next((span for span in sentence_spans(mistake.text) if _is_within(mistake.span, span)), None)
    if sentence is None or not (hashes := fingerprints(mistake.text[sentence.start : sentence.end])):
        return []
    places = _places(hashes)
    revisions = current_texts([revision for revision, *_place in places], but=but)
    found = dict[str, Echo]()
    for key, field, start, end in places:
        revision = revisions.get(key)
        if revision is None or (content := revision.content) is None:
            continue
        fitted = fit(mistake, sentence, content.canonical(field), Span(start, end))
        if fitted:
            echo = Echo(revision, field, fitted)
            found.setdefault(echo.key, echo)
    return sorted(found.values(), key=lambda echo: echo.revision.pk)


def mistakes_between(old: RevisionText, new: RevisionText) -> list[Mistake]:
    """What a revision put right, in the old text of each field."""
    found = [mistake for field in FIELDS for mistake in _mistakes(old.canonical(field), new.canonical(field))]
    return found[:MOST_MISTAKES]


def _mistakes(old: str, new: str) -> Iterator[Mistake]:
    at = 0
    for is_same, group in groupby(word_diff(old, new), key=lambda piece: piece.op == "equal"):
        pieces = list(group)
        size = sum(len(piece.text) for piece in pieces if piece.op != "insert")
        if not is_same:
            put = "".join(piece.text for piece in pieces if piece.op == "insert")
            yield Mistake(old, Span(at, at + size), put)
        at += size


def _is_within(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start and span.end <= sentence.end


def _places(hashes: list[int]) -> list[tuple[int, str, int, int]]:
    """Revision, field, start and end of the sentences that share hashes, those that share most first."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([OF_ONE_HASH] * len(hashes)), hashes)
        votes = Counter[tuple[int, str, int, int]](map(tuple, cursor.fetchall()))
    return [place for place, _votes in votes.most_common(MOST)]
