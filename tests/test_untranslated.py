"""Every text that people see goes through the catalogues."""

import re
from pathlib import Path

import pytest

from tests.catalogues import ROOT
from tests.plainwords import plain_words

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))
COMMENT = re.compile(r"\{% comment .*?%\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
CLASSES = re.compile(r"\{% block bodyclass %\}.*?\{% endblock bodyclass %\}|\{% block bodyclass %\}.*?\{% endblock %\}")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Names, and what the buttons of the text editor show.
NAMES = ("Corrigenda", "HTML", "IPTC", "ninjs")


def own_text(path: Path) -> str:
    """What a template says by itself, without what is translated or put in."""
    text = path.read_text(encoding="utf-8")
    for part in (COMMENT, CLASSES, TRANSLATED, TAGS):
        text = part.sub(" ", text)
    return text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_that_is_not_translated(path: Path) -> None:
    text = own_text(path)
    markup = text if path.suffix == ".html" else f"<p>{text}</p>"
    assert plain_words(f"<div>{markup}</div>", allowed=NAMES) == []


def test_a_text_that_went_around_is_found() -> None:
    assert plain_words("<p>Ｇｏ <b>there</b></p>") == ["there"]
    assert plain_words('<p>Γο <img alt="A bridge"></p>') == ["A bridge"]
    assert plain_words('<input type="submit" value="Go on">') == ["Go on"]
    assert plain_words("<p>Ｇｏ <code>there</code>, /articles/x/, a@example.org</p>") == []
