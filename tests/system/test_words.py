"""Readers' pages keep to the words of docs/words.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READERS = (
    *("templates/newsroom/record", "templates/newsroom/revision/detail.html", "templates/newsroom/revision/diff.html"),
    *("templates/newsroom/article/detail.html", "templates/newsroom/article/_notice.html", "templates/newsroom/policy"),
    *("templates/corrections/status", "templates/corrections/suggestion", "templates/corrections/privacy"),
    *("templates/corrections/follow", "templates/corrections/too_many_requests.html", "templates/404.html"),
    *(f"templates/corrections/mail/{name}" for name in ("_block.txt", "confirm.html", "gone.html", "stop.html")),
)
# Mails, feeds, and what the API and the forms answer.
MODULES = (
    *("corrections/mail", "corrections/suggestions", "corrections/api", "corrections/views"),
    *("newsroom/api", "newsroom/syndication", "newsroom/views"),
)
DESK = ("editor_digest.py",)
SENTENCE = re.compile(
    r"{% translate \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", flags=re.DOTALL
)
LITERAL = re.compile(r"\b(?:_|gettext|gettext_lazy|ngettext)\(\s*\"([^\"]+)\"")


def avoided() -> list[str]:
    table = (ROOT / "docs/words.md").read_text().partition("## Not in what readers read")[2]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")][1:]
    return [phrase.strip() for row in rows for phrase in row.split(",")]


def sentences() -> list[tuple[str, str]]:
    files = [path for name in READERS for path in ([ROOT / name] if "." in name else (ROOT / name).glob("*.html"))]
    modules = [path for name in MODULES for path in (ROOT / name).glob("*.py") if path.name not in DESK]
    found = [(path.name, found[1] or found[2]) for path in files for found in SENTENCE.finditer(path.read_text())]
    found += [(path.name, found[1]) for path in modules for found in LITERAL.finditer(path.read_text())]
    return [(name, re.sub(r"{{.*?}}|<[^>]+>|%\(\w+\)[sd]", "", text)) for name, text in found]


def test_the_list_is_read() -> None:
    assert {"revision", "the desk", "words that came"} <= set(avoided())
    assert len(sentences()) > 300


@pytest.mark.parametrize("phrase", avoided())
def test_no_sentence_for_readers_says(phrase: str) -> None:
    pattern = re.compile(rf"\b{re.escape(phrase)}s?\b", flags=re.IGNORECASE)
    assert [each for each in sentences() if pattern.search(each[1])] == []
