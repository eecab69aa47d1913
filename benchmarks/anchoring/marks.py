"""Two marks that travel with a passage while its text is edited, so that its new place is known by construction."""

from random import Random

Span = tuple[int, int]
Paragraphs = list[list[str]]  # each a list of sentences, or of one string that holds them all

START, END = "\ue000", "\ue001"  # private use: no text holds them


def join(paragraphs: Paragraphs) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def unmark(marked: str) -> tuple[str, Span | None]:
    """The text without marks, and what stood between them; None where they are gone."""
    start = marked.find(START)
    text = marked.replace(START, "")
    end = text.find(END)
    return text.replace(END, ""), (start, end) if start >= 0 and end >= 0 else None


def mark(passage: str) -> str:
    return START + passage + END


def cut(marked: str) -> tuple[str, str, str]:
    """What stands before, between and after the marks."""
    start, end = marked.index(START), marked.index(END)
    return marked[:start], marked[start + 1 : end], marked[end + 1 :]


def refill(marked: str, passage: str) -> str:
    """The same surroundings with another passage between the marks."""
    before, _, after = cut(marked)
    return before + mark(passage) + after


def mark_somewhere(random: Random, paragraph: list[str], low: int, high: int) -> str | None:
    """The paragraph as one string with whole words of about `low` to `high` characters marked; None: no luck."""
    text = " ".join(paragraph)
    if len(text) < low + 2:
        return None
    length = random.randint(low, min(high, len(text) - 1))
    start = random.randint(0, len(text) - length)
    while start > 0 and text[start - 1] != " ":
        start -= 1
    end = min(len(text), start + length)
    while end < len(text) and text[end] != " ":
        end += 1
    if not low <= end - start <= high * 1.3:
        return None
    return text[:start] + mark(text[start:end]) + text[end:]
