"""The small edits that the kinds are made of."""

from random import Random

from benchmarks.anchoring.marks import Paragraphs
from benchmarks.anchoring.words import Writer


def misspell(random: Random, text: str, count: int) -> str:
    """So many letters replaced, put in or left out."""
    letters = list(text)
    for _ in range(count):
        at = random.randrange(1, max(2, len(letters) - 1))
        draw = random.random()
        if draw < 0.4:
            letters[at] = random.choice("abcdefghijklmnopqrstuvwxyz")
        elif draw < 0.7:
            letters.insert(at, random.choice("aeiourstln"))
        elif len(letters) > 4:
            del letters[at]
    return "".join(letters)


def reword(writer: Writer, text: str, count: int) -> str:
    """So many words replaced, put in or left out."""
    words = text.split(" ")
    for _ in range(count):
        at = writer.random.randrange(len(words))
        draw = writer.random.random()
        if draw < 0.5:
            words[at] = writer.word()
        elif draw < 0.8:
            words.insert(at, writer.word())
        elif len(words) > 3:
            del words[at]
    return " ".join(words)


def rewrap(random: Random, text: str) -> str:
    """The text as if its source had been wrapped anew at about 80 columns."""
    rewrapped, column = [], 0
    for character in text:
        column = 0 if character == "\n" else column + 1
        if character == " " and column > 78:
            character = random.choice(["\n", "\n    ", "  "])
            column = 0
        rewrapped.append(character)
    return "".join(rewrapped)


def insert_sentences(writer: Writer, paragraphs: Paragraphs, count: int, *, before: int) -> None:
    """Put new sentences, some as paragraphs of their own, in front of the paragraph with the index `before`."""
    for _ in range(count):
        at = writer.random.randrange(max(1, before))
        paragraph, sentence = paragraphs[at], writer.sentence()
        if writer.random.random() < 0.3:
            paragraphs.insert(at, [sentence])
            before += 1
        else:
            paragraph.insert(writer.random.randrange(len(paragraph) + 1), sentence)
