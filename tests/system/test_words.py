"""Readers' pages keep to the words of docs/words.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READERS = (
    *("templates/newsroom/record", "templates/newsroom/revision/detail.html", "templates/newsroom/revision/diff.html"),
    *("templates/newsroom/article/detail.html", "templates/newsroom/article/_notice.html"),
    *("templates/corrections/status", "templates/corrections/suggestion"),
)
SENTENCE = re.compile(
    r"{% translate \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", flags=re.DOTALL
)


def avoided() -> list[str]:
    table = (ROOT / "docs/words.md").read_text().partition("## Not in what readers read")[2]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")][1:]
    return [phrase.strip() for row in rows for phrase in row.split(",")]


def sentences() -> list[tuple[str, str]]:
    files = [
        path for name in READERS for path in ([ROOT / name] if name.endswith(".html") else (ROOT / name).glob("*.html"))
    ]
    return [
        (path.name, re.sub(r"{{.*?}}|<[^>]+>", "", found[1] or found[2]))
        for path in files
        for found in SENTENCE.finditer(path.read_text())
    ]


def test_the_list_is_read() -> None:
    assert {"revision", "the desk", "words that came"} <= set(avoided())
    assert len(sentences()) > 100


@pytest.mark.parametrize("phrase", avoided())
def test_no_sentence_for_readers_says(phrase: str) -> None:
    pattern = re.compile(rf"\b{re.escape(phrase)}s?\b", flags=re.IGNORECASE)
    assert [each for each in sentences() if pattern.search(each[1])] == []
