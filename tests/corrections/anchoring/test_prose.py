"""Passages of real articles and documents are followed through an editor's changes; the truth was written by hand.

Each file in prose/ lists texts. The first revision of a text is a demo article's `body`, its `front` (headline and
standfirst), or `paragraphs` that stand in the file. A step is a list of edits, each `find` unique when its turn comes,
or the number of the revision that is published again. A passage is marked in revision 1; `then` says for each step
which words stand for it now, or null when it is gone. Words that stand more than once come as [words, nth]. A passage
that is `disputed` is not counted, and says why; it has to lose the mark once it is found.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corrections.anchoring.relocation import Anchor, Relocation, Status
from newsroom.text.canonical import canonical_text

HERE = Path(__file__).parent / "prose"
SEEDS = Path(__file__).parents[3] / "seeds"
TEXTS: list[dict[str, Any]] = [text for file in sorted(HERE.glob("*.json")) for text in json.loads(file.read_text())]
ARTICLES = {article["slug"]: article for article in json.loads((SEEDS / "articles.json").read_text())}

Span = tuple[int, int]
# Two spans share so much of what they cover together, or they are different places.
SAME_PLACE = 0.8
RIGHT_OVERALL = 0.97


@dataclass(frozen=True, slots=True)
class Judgement:
    """One passage after one step; `got` and `wanted` are None where the passage is lost."""

    text: str
    step: int
    passage: str
    is_disputed: bool
    status: Status
    got: str | None
    wanted: str | None
    overlap: float

    @property
    def is_right(self) -> bool:
        return self.overlap >= SAME_PLACE

    @property
    def is_wrong_place(self) -> bool:
        return self.got is not None and not self.is_right

    def __str__(self) -> str:
        return (
            f"{self.text}, step {self.step}, {self.passage}: {self.status}, overlap {self.overlap:.2f}\n"
            f"  got    {self.got!r}\n  wanted {self.wanted!r}"
        )


def first_revision(text: dict[str, Any]) -> str:
    if "paragraphs" in text:
        return "\n\n".join(text["paragraphs"])
    article = ARTICLES[text["article"]]
    if text["part"] == "front":
        return f"{article['headline']}\n\n{article['standfirst']}"
    return canonical_text((SEEDS / article["body"]).read_text())


def revisions_of(text: dict[str, Any]) -> list[str]:
    revisions = [first_revision(text)]
    for step in text["steps"]:
        if isinstance(step, int):
            revisions.append(revisions[step - 1])
            continue
        words = revisions[-1]
        for edit in step:
            assert words.count(edit["find"]) == 1, f"{text['name']}: not there once: {edit['find']!r}"
            words = words.replace(edit["find"], edit["put"])
        revisions.append(words)
    return revisions


def span_of(revision: str, words: str | list[Any]) -> Span:
    """Where the words stand; plain words must stand once."""
    exact, nth = (words, 0) if isinstance(words, str) else words
    assert not isinstance(words, str) or revision.count(exact) == 1, f"stands {revision.count(exact)} times: {exact!r}"
    at = -1
    for _turn in range(nth + 1):
        at = revision.index(exact, at + 1)
    return at, at + len(exact)


def overlap(got: Span | None, wanted: Span | None) -> float:
    if got is None or wanted is None:
        return float(got == wanted)
    shared = min(got[1], wanted[1]) - max(got[0], wanted[0])
    return max(0, shared) / (max(got[1], wanted[1]) - min(got[0], wanted[0]))


def follow(revisions: list[str], passage: dict[str, Any]) -> Iterator[Anchor]:
    """As the desk does it: from where it was found last; a lost passage is sought again from the first revision."""
    first = place = span_of(revisions[0], passage["marked"])
    is_lost = False
    for old, new in pairwise(revisions):
        source = revisions[0] if is_lost else old
        anchor = Relocation(source, new).relocate(*(first if is_lost else place), passage.get("suggested"))
        yield anchor
        is_lost = anchor.start is None
        if anchor.start is not None and anchor.end is not None:
            place = anchor.start, anchor.end


def judged(text: dict[str, Any]) -> Iterator[Judgement]:
    revisions = revisions_of(text)
    for passage in text["passages"]:
        for step, anchor in enumerate(follow(revisions, passage), 1):
            revision, truth = revisions[step], passage["then"][step - 1]
            wanted = None if truth is None else span_of(revision, truth)
            got = None if anchor.start is None or anchor.end is None else (anchor.start, anchor.end)
            yield Judgement(
                text=text["name"],
                step=step,
                passage=passage["id"],
                is_disputed="disputed" in passage,
                status=anchor.status,
                got=got and revision[slice(*got)],
                wanted=wanted and revision[slice(*wanted)],
                overlap=overlap(got, wanted),
            )


def shown(judgements: list[Judgement]) -> str:
    return "\n".join(["", *map(str, judgements)])


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["name"])
def test_no_passage_lands_at_a_wrong_place(text: dict[str, Any]) -> None:
    wrong = [judgement for judgement in judged(text) if judgement.is_wrong_place and not judgement.is_disputed]
    assert not wrong, shown(wrong)


def test_nearly_every_passage_is_found_or_known_to_be_gone() -> None:
    judgements = [judgement for text in TEXTS for judgement in judged(text) if not judgement.is_disputed]
    missed = [judgement for judgement in judgements if not judgement.is_right]
    assert len(missed) <= (1 - RIGHT_OVERALL) * len(judgements), shown(missed)


def test_a_disputed_passage_is_one_that_is_missed() -> None:
    judgements = [judgement for text in TEXTS for judgement in judged(text) if judgement.is_disputed]
    missed = {(judgement.text, judgement.passage) for judgement in judgements if not judgement.is_right}
    assert {(judgement.text, judgement.passage) for judgement in judgements} == missed


def test_every_truth_covers_every_step_of_at_least_twenty_texts() -> None:
    assert len({text["name"] for text in TEXTS}) >= 20
    for text in TEXTS:
        assert 2 <= len(text["steps"]) <= 4
        assert {len(passage["then"]) for passage in text["passages"]} == {len(text["steps"])}
