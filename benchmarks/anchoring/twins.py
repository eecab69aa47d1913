"""Edits of a text that holds the passage, or something much like it, more than once."""

from collections.abc import Callable

from benchmarks.anchoring.drafts import Draft, Edited
from benchmarks.anchoring.marks import Paragraphs, cut, join, mark
from benchmarks.anchoring.rewriting import insert_sentences
from benchmarks.anchoring.words import NAMES, Writer


def repeated_shift(draft: Draft) -> Edited:
    sentence, marked = _whole_sentence(draft.writer)
    copied = _with_copies(draft, marked, lambda: sentence)
    old = join(copied)
    insert_sentences(draft.writer, copied, draft.writer.random.randint(1, 6), before=draft.at)
    return Edited(old, join(copied))


def deleted_copy(draft: Draft) -> Edited:
    sentence, marked = _whole_sentence(draft.writer)
    return _without_sentence(draft, _with_copies(draft, marked, lambda: sentence), marked)


def deleted_lookalike(draft: Draft) -> Edited:
    sentence, marked = _whole_sentence(draft.writer)

    def lookalike() -> str:
        words = sentence.split(" ")
        at = draft.writer.random.randrange(1, len(words) - 1)
        words[at] = draft.writer.random.choice(NAMES)
        return " ".join(words)

    return _without_sentence(draft, _with_copies(draft, marked, lookalike), marked)


def repeated_trap(draft: Draft) -> Edited:
    """Rows of one length, the same words in each; an earlier row is deleted, so that another slides to our offset."""
    random, passage = draft.writer.random, cut(_whole_sentence(draft.writer)[1])[1]
    rows = [
        f"{random.choice(NAMES)[:4]:<4} {random.randint(100, 999)} {passage} end{random.randint(100, 999)}."
        for _ in range(random.randint(5, 12))
    ]
    ours = random.randrange(2, len(rows) - 1)
    rows[ours] = rows[ours].replace(passage, mark(passage), 1)
    pages = draft.sentences()
    pages[draft.at] = ["\n".join(rows)]
    old = join(pages)
    del rows[random.choice(range(ours))]
    pages[draft.at] = ["\n".join(rows)]
    return Edited(old, join(pages))


def repeated_words(draft: Draft) -> Edited:
    _name, pages = _with_names(draft)
    old = join(pages)
    insert_sentences(draft.writer, pages, draft.writer.random.randint(1, 6), before=draft.at)
    return Edited(old, join(pages))


def word_corrected(draft: Draft) -> Edited:
    """A name of which other copies stay becomes another name; the new one in its place is a fair answer too."""
    name, pages = _with_names(draft)
    old = join(pages)
    other = draft.writer.random.choice([another for another in NAMES if another != name])
    return Edited(old, old.replace(mark(name), mark(other)), gone=True)


def _whole_sentence(writer: Writer) -> tuple[str, str]:
    """A new sentence, and the same with all of it marked but the full stop and, half the time, the first word."""
    sentence = writer.sentence(8, 24)
    start = sentence.index(" ") + 1 if writer.random.random() < 0.5 else 0
    return sentence, sentence[:start] + mark(sentence[start:-1]) + sentence[-1]


def _with_copies(draft: Draft, marked: str, another: Callable[[], str]) -> Paragraphs:
    """The marked sentence in the paragraph `at`, up to four others strewn over the text."""
    random, paragraphs = draft.writer.random, draft.sentences()
    paragraphs[draft.at].insert(1, marked)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(paragraphs))
        paragraph, copy = paragraphs[0 if at == draft.at else at], another()
        paragraph.insert(random.randrange(len(paragraph) + 1), copy)
    return paragraphs


def _without_sentence(draft: Draft, paragraphs: Paragraphs, marked: str) -> Edited:
    old = join(paragraphs)
    paragraphs[draft.at].remove(marked)
    if draft.writer.random.random() < 0.5:
        paragraphs[draft.at].insert(1, draft.writer.sentence())
    return Edited(old, join(paragraphs), gone=True)


def _with_names(draft: Draft) -> tuple[str, Paragraphs]:
    """A name strewn over the text, and once more as the passage, often with a copy close before it."""
    random, name = draft.writer.random, draft.writer.random.choice(NAMES)
    pages = [" ".join(paragraph) for paragraph in draft.paragraphs]
    for _ in range(6):
        at = random.randrange(len(pages))
        words = pages[at].split(" ")
        words.insert(random.randrange(1, len(words)), name)
        pages[at] = " ".join(words)
    words = pages[draft.at].split(" ")
    place = random.randrange(1, len(words))
    words.insert(place, mark(name))
    if random.random() < 0.6:
        words.insert(max(1, place - random.randint(2, 6)), name)
    pages[draft.at] = " ".join(words)
    return name, [[page] for page in pages]
