"""Pages keep to the words of docs/words.md: those of readers, and those of the desk."""

import re
from pathlib import Path

import pytest

from tests.support.catalogues import found_messages, read_catalogue, strings_of

ROOT = Path(__file__).parents[2]
READERS = (
    *("templates/newsroom/record", "templates/newsroom/revision/detail.html", "templates/newsroom/revision/diff.html"),
    *("templates/newsroom/article/detail.html", "templates/newsroom/article/_notice.html", "templates/newsroom/policy"),
    *("templates/corrections/status", "templates/corrections/suggestion", "templates/corrections/privacy"),
    *("templates/corrections/follow", "templates/corrections/too_many_requests.html", "templates/404.html"),
    "newsroom/publishing/notes.py",  # the public note
    *(f"templates/corrections/mail/{name}" for name in ("_block.txt", "confirm.html", "gone.html", "stop.html")),
)
# Mails, feeds, and what the API and the forms answer.
MODULES = (
    *("corrections/mail", "corrections/suggestions", "corrections/api", "corrections/views"),
    *("corrections/contacts", "corrections/abuse"),
    *("newsroom/api", "newsroom/syndication", "newsroom/views", "newsroom/record"),
)
DESK = ("editor_digest.py",)
SENTENCE = re.compile(
    r"{% translate \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", flags=re.DOTALL
)
LITERAL = re.compile(r"\b(?:_|gettext|gettext_lazy|ngettext)\(\s*\"([^\"]+)\"")


CODES = {"French": "fr", "German": "de", "Spanish": "es", "Ukrainian": "uk"}


def rows(heading: str) -> list[list[str]]:
    """Rows of the table below a heading of docs/words.md, without its head."""
    section = (ROOT / "docs/words.md").read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines[1:]]


def avoided(heading: str = "Not in what readers read") -> list[str]:
    return [phrase.strip() for row in rows(heading) for phrase in row[0].split(",")]


def avoided_in_translation() -> list[tuple[str, str]]:
    return [(CODES[row[0]], row[1]) for row in rows("Not in what readers read, in translation")]


def pages() -> list[Path]:
    return [path for name in READERS for path in ([ROOT / name] if "." in name else (ROOT / name).glob("*.html"))]


def modules() -> list[Path]:
    return [path for name in MODULES for path in (ROOT / name).glob("*.py") if path.name not in DESK]


def sentences() -> list[tuple[str, str]]:
    found = [(path.name, found[1] or found[2]) for path in pages() for found in SENTENCE.finditer(path.read_text())]
    found += [(path.name, found[1]) for path in modules() for found in LITERAL.finditer(path.read_text())]
    return [(name, re.sub(r"{{.*?}}|<[^>]+>|%\(\w+\)[sd]", "", text)) for name, text in found]


def translations(language: str) -> list[str]:
    files = {str(path.relative_to(ROOT)) for path in (*pages(), *modules())}
    readers = [each for each in read_catalogue(language) if any(name in files for name, _line in each.locations)]
    return [text for each in readers for text in strings_of(each)]


def test_the_list_is_read() -> None:
    assert {"revision", "the desk", "words that came"} <= set(avoided())
    assert "Revision" not in avoided()
    assert {language for language, _word in avoided_in_translation()} == set(CODES.values())
    assert len(sentences()) > 300
    assert len(translations("de")) > 300


@pytest.mark.parametrize("phrase", avoided())
def test_no_sentence_for_readers_says(phrase: str) -> None:
    pattern = re.compile(rf"\b{re.escape(phrase)}s?\b", flags=re.IGNORECASE)
    assert [each for each in sentences() if pattern.search(each[1])] == []


def test_no_sentence_at_all_says() -> None:
    phrases = avoided("Nowhere, at the desk neither")
    assert "in hand" in phrases
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})s?\b", flags=re.IGNORECASE)
    told = [text for each in found_messages() for text in ([each.id] if isinstance(each.id, str) else each.id)]
    assert [text for text in told if pattern.search(re.sub(r"%\(\w+\)[sd]", "", text))] == []


@pytest.mark.parametrize(("language", "word"), avoided_in_translation())
def test_no_translation_for_readers_says(language: str, word: str) -> None:
    # Part of a compound, such as “E-Mail”, is another word.
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}", flags=re.IGNORECASE)
    assert [text for text in translations(language) if pattern.search(text)] == []


def test_french_sets_its_signs_apart_with_a_narrow_no_break_space() -> None:
    assert [text for text in translations("fr") if re.search(r"[ \u00a0][:;?!»]|«[ \u00a0]|«\w", text)] == []
