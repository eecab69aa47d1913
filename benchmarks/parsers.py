"""The longest that a parser works on the worst input that it accepts, or takes to refuse it."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.rows import Row
from corrections.anchoring.relocation import Quote, Relocation, place
from newsroom.diffs.significance import significant_changes
from newsroom.diffs.words import MAX_CHANGE_LENGTH, word_diff
from newsroom.http.negotiation import MAX_TAGS_LENGTH, is_not_modified, preferred_encoding
from newsroom.publishing.importers import MAX_MARKS, UnreadableFile, read_file
from newsroom.text.canonical import NotCanonical, Wording
from newsroom.text.html_reader import read
from newsroom.text.sanitizer import (
    MAX_ATTRIBUTES,
    MAX_BREAKS,
    MAX_BYTES,
    MAX_ELEMENTS,
    MAX_REFERENCES,
    TooLong,
    sanitise,
)
from newsroom.text.splicing import splice

ROOM = MAX_BYTES - 1000  # for the markup around
QUOTED = 1000  # code points of the longest quote


def rows() -> Iterator[Row]:
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder:
        for name, work in (*_bodies(), *_texts(), *_files(Path(folder)), *_headers()):
            started = time.process_time()
            with suppress(TooLong, UnreadableFile, NotCanonical):
                work()
            spent = time.process_time() - started
            worst = max(worst, spent)
            if "VERBOSE" in os.environ:
                print(f"{spent:6.2f} s {name}")
    yield Row("parsers_worst_seconds", worst, "s", 2.0, "lower")


def _bodies() -> Iterator[tuple[str, Callable[[], object]]]:
    """HTML just within the limits."""
    attributes = " ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTES))
    bodies = {
        "paragraphs": "<p>ab cd. Ef</p>" * MAX_ELEMENTS,
        "marks within a line": f"<p>{'<em>a</em> <b>b</b> ' * (MAX_ELEMENTS // 2 - 1)}</p>",
        "references": f"<p>{('&' + 'a' * (ROOM // MAX_REFERENCES - 1)) * MAX_REFERENCES}</p>",
        "marks of Latin-1": f"<p>{('«' + 'a' * (ROOM // MAX_REFERENCES - 2)) * MAX_REFERENCES}</p>",
        "line ends": "<p>" + "a\n" * MAX_BREAKS + "</p>",
        "words of a letter": f"<p>{'a ' * (ROOM // 2)}</p>",
        "attributes": f"<p {attributes}>a</p>" * (ROOM // (len(attributes) + 9)),
        "tags within tags": "<a" * (MAX_ELEMENTS // 2),
        "levels": f"{'<blockquote>' * 99}<p>{'a ' * (ROOM // 2)}",
        "marks of quotations": f"<p>{'“«' * (ROOM // 5)}</p>",
    }
    for name, body in bodies.items():
        yield f"sanitise, {name}", partial(sanitise, body)
        with suppress(TooLong):
            clean = sanitise(body)
            longer = clean.replace(">a", ">x “a", 1)
            yield f"read, {name}", partial(read, clean)
            yield f"splice, {name}", partial(splice, clean, 1, QUOTED, "q " * QUOTED)
            yield f"significant changes, {name}", partial(_compare, clean, longer)
    line = "“a " * (MAX_CHANGE_LENGTH // 3 - 9)
    yield "significant changes, one line", partial(_compare, f"<p>{line}</p>", f"<p>No {line[9:]}</p>")


def _compare(old: str, new: str) -> object:
    before, after = (Wording(headline="A", standfirst="", byline="", body=body) for body in (old, new))
    return significant_changes(before, after, language="en")


def _texts() -> Iterator[tuple[str, Callable[[], object]]]:
    texts = {
        "one letter": "a" * ROOM,
        "words of a letter": "a " * (ROOM // 2),
        "one sentence": "Ab cd. " * (ROOM // 7),
        "paragraphs": "a\n\n" * MAX_ELEMENTS,
        "hyphens": "a-" * (ROOM // 2),
        "full stops": '."' * (ROOM // 2),
        "marks between letters": "a“" * (ROOM // 4),
        "other spaces": "é\u2009-" * (ROOM // 6),
        "accents": "a" + "\u0301" * (ROOM // 2),
        "numbers": " ".join(map(str, range(ROOM // 8))),
    }
    for name, text in texts.items():
        half = len(text) // 2
        edited, turned = f"{text[:half]}Zz{text[half + 2 :]}", text[::-1]
        quote = Quote("body", f"{text[half : half + QUOTED - 1]}~", text[:32], text[-32:], half, half + QUOTED, 1)
        yield f"place, {name}", partial(place, text, quote)
        for other in (edited, turned):
            yield f"word diff, {name}", partial(word_diff, text, other)
            yield f"relocate, {name}", partial(_relocate, text, other)


def _relocate(old: str, new: str) -> None:
    both = Relocation(old, new)
    for start in islice(range(0, len(old) - QUOTED, len(old) // 5), 5):
        both.relocate(start, start + QUOTED, "x")


def _files(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    files = {
        "lines.txt": "a\n" * MAX_BREAKS,
        "brackets.md": "[" * MAX_MARKS,
        "stars.md": "*a " * MAX_MARKS,
        "links.md": "[a](b" * (MAX_MARKS // 2),
        "paragraphs.html": f"<article>{'<p>Ab cd ef.</p>' * (MAX_ELEMENTS - 100)}</article>",
        "levels.html": f"<article>{'<div class=share>' * 240}{'<p>Ab cd ef.</p>' * (MAX_ELEMENTS - 400)}",
        "links.html": f"<article><p>{'Ab cd ef. ' * 99}</p>{'<a href=/x>Ab cd</a> ' * (MAX_ELEMENTS - 400)}",
        "headings.html": f"<article><p>{'Ab cd ef. ' * 99}</p>{'<h2>Read more</h2>' * (MAX_ELEMENTS - 400)}",
        "pictures.html": f"<article><p>{'Ab cd ef. ' * 99}</p>{'<img src=/x.jpg alt=Arches>' * (MAX_ELEMENTS - 400)}",
        "tables.html": f"<table>{'<tr><td>a' * (MAX_ELEMENTS // 2 - 100)}</table>",
    }
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        yield f"import, {name}", partial(read_file, path)


def _headers() -> Iterator[tuple[str, Callable[[], object]]]:
    for tag in ('"', '"a",', "W/"):
        tags = tag * (MAX_TAGS_LENGTH // len(tag))
        yield "If-None-Match", partial(is_not_modified, '"x"', None, none_match=tags, modified_since="")
    yield "Accept-Encoding", partial(preferred_encoding, "a;q=0.1," * 8000)
