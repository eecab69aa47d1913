"""Edits of the passage, of its surroundings and of the whole text: from a draft to the texts before and after."""

import unicodedata

from benchmarks.anchoring.drafts import Draft, Edited
from benchmarks.anchoring.marks import START, cut, join, mark, refill
from benchmarks.anchoring.rewriting import insert_sentences, misspell, reword, rewrap


def unchanged(draft: Draft) -> Edited:
    return draft.edited(draft.pages())


def insert_before(draft: Draft) -> Edited:
    pages = draft.pages()
    insert_sentences(draft.writer, pages, draft.writer.random.randint(1, 5), before=draft.at)
    return draft.edited(pages)


def typo_in_quote(draft: Draft) -> Edited:
    random = draft.writer.random
    return _in_its_place(draft, refill(draft.marked, misspell(random, draft.passage, random.randint(1, 3))))


def words_in_quote(draft: Draft) -> Edited:
    count = max(1, len(draft.passage.split()) // 8)
    return _in_its_place(draft, refill(draft.marked, reword(draft.writer, draft.passage, count)))


def context_rewritten(draft: Draft) -> Edited:
    before, after = (draft.writer.words(draft.writer.random.randint(4, 30)) for _ in range(2))
    return _in_its_place(draft, f"{' '.join(before)} {mark(draft.passage)} {' '.join(after)}")


def para_moved(draft: Draft) -> Edited:
    return _moved(draft, draft.marked)


def moved_and_typo(draft: Draft) -> Edited:
    random = draft.writer.random
    return _moved(draft, refill(draft.marked, misspell(random, draft.passage, random.randint(1, 2))))


def grow_inside(draft: Draft) -> Edited:
    words = draft.passage.split(" ")
    middle = len(words) // 2
    words[middle:middle] = draft.writer.words(max(2, len(words) // 3))
    pages = draft.pages()
    pages[draft.at] = [refill(draft.marked, " ".join(words))]
    return draft.edited(pages)


def nfc_to_nfd(draft: Draft) -> Edited:
    text = join(draft.pages())
    decomposed = draft.writer.random.choice([True, False])
    return Edited(text, unicodedata.normalize("NFD" if decomposed else "NFC", text))


def typographer(draft: Draft) -> Edited:
    pages = draft.pages()
    insert_sentences(draft.writer, pages, 1, before=draft.at)
    text = join(pages)
    for typed, set_in_type in (
        ("'", "\u2019"),
        (' "', " \u201c"),
        ('"', "\u201d"),
        ("...", "\u2026"),
        ("-", "\u2013"),
        (" a ", " a\u00a0"),
        ("station", "sta\u00adtion"),
    ):
        text = text.replace(typed, set_in_type)
    return Edited(join(draft.pages()), text)


def whitespace(draft: Draft) -> Edited:
    pages = draft.pages()
    insert_sentences(draft.writer, pages, 1, before=draft.at)
    return Edited(join(draft.pages()), rewrap(draft.writer.random, join(pages)))


def mixed(draft: Draft) -> Edited:
    random, pages, passage = draft.writer.random, draft.pages(), draft.passage
    misspelt = misspell(random, passage, random.randint(0, 2))
    pages[draft.at] = [refill(draft.marked, reword(draft.writer, misspelt, random.randint(0, 1 + len(passage) // 120)))]
    insert_sentences(draft.writer, pages, random.randint(1, 6), before=draft.at)
    for _ in range(random.randint(1, 3)):
        others = [index for index, page in enumerate(pages) if not _holds_marks(page)]
        del pages[random.choice(others)]
    if random.random() < 0.3:
        page = pages.pop(next(index for index, page in enumerate(pages) if _holds_marks(page)))
        pages.insert(random.randrange(len(pages) + 1), page)
    return draft.edited(pages)


def deleted(draft: Draft) -> Edited:
    before, _, after = cut(draft.marked)
    pages = draft.pages()
    pages[draft.at] = [f"{before.rstrip()} {after.lstrip()}".strip() or draft.writer.sentence()]
    insert_sentences(draft.writer, pages, 1, before=draft.at)
    return draft.edited(pages, gone=True)


def heavy_rewrite(draft: Draft) -> Edited:
    """Three words of four are new: whether that is still the passage, a fair judge may see either way."""
    random, pages = draft.writer.random, draft.pages()
    words = [word if random.random() < 0.25 else draft.writer.word() for word in draft.passage.split(" ")]
    pages[draft.at] = [refill(draft.marked, " ".join(words))]
    return draft.edited(pages, gone=True)


def _in_its_place(draft: Draft, marked: str) -> Edited:
    """The passage's paragraph in another wording, in half of the cases shifted too."""
    pages = draft.pages()
    pages[draft.at] = [marked]
    if draft.writer.random.random() < 0.5:
        insert_sentences(draft.writer, pages, 2, before=draft.at)
    return draft.edited(pages)


def _moved(draft: Draft, marked: str) -> Edited:
    pages = draft.pages()
    del pages[draft.at]
    places = [place for place in range(len(pages) + 1) if abs(place - draft.at) > 1]
    pages.insert(draft.writer.random.choice(places or [0]), [marked])
    return draft.edited(pages)


def _holds_marks(page: list[str]) -> bool:
    return START in "".join(page)
