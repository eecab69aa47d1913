"""The same mistake in other articles: how long a look-up takes, and how well lookalikes are told from it."""

import os
from collections.abc import Iterator

from benchmarks.echo_pairs import Pair, made_pairs
from benchmarks.rows import Row
from benchmarks.site import seeded_site
from corrections.anchoring.spans import Span
from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.matching import Mistake, fit, in_whole_words
from corrections.echoes.sentences import sentence_spans

ARTICLES = 100_000 if os.environ.get("FULL") else 2_000  # of fifty sentences each
SEEDS = range(5)
FILL = "import django; django.setup(); from benchmarks.archive import fill; fill()"
LOOK_UP = "import django; django.setup(); from benchmarks.archive import measure; measure()"


def rows() -> Iterator[Row]:
    pairs = [pair for seed in SEEDS for pair in made_pairs(seed)]
    shown = [pair for pair in pairs if is_shown(pair)]
    echoes = sum(pair.is_echo for pair in pairs)
    found = sum(pair.is_echo for pair in shown)
    yield Row("echo_found", found / echoes, "share", 0.95, "higher")
    yield Row("echo_wrong", 1 - found / len(shown), "share", 0.01, "lower")
    with seeded_site() as site:
        site.run("-c", FILL, str(ARTICLES))
        yield Row("echo_lookup_ms_ratio", float(site.run("-c", LOOK_UP)), "ratio", 60, "lower")


def is_shown(pair: Pair) -> bool:
    """As a look-up does: a sentence that shares a fingerprint, and then the match."""
    text = pair.ours.text
    mistake = in_whole_words(Mistake(text, Span(pair.ours.start, pair.ours.end), pair.ours.right))
    sentence = next(span for span in sentence_spans(text) if span.start <= mistake.span.start < span.end)
    ours = set(fingerprints(text[sentence.start : sentence.end]))
    return any(
        ours.intersection(fingerprints(pair.other[span.start : span.end])) and fit(mistake, sentence, pair.other, span)
        for span in sentence_spans(pair.other)
    )
