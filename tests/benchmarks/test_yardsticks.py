"""What the benchmarks hold figures against is made as they say."""

import pytest
from django.test import Client

from benchmarks import histories
from benchmarks.loading import _names
from benchmarks.record import WORDS, texts, yardstick
from newsroom.diffs.words import word_diff
from newsroom.models import Article


def test_both_diffs_tell_the_same_texts() -> None:
    old, new = texts(3000)
    assert old != new
    assert "".join(piece.text for piece in word_diff(old, new) if piece.op != "insert") == old
    lengths = [sum(size for sign, size in yardstick(old, new) if sign in signs) for signs in ("=-", "=+")]
    assert lengths == [len(WORDS.findall(old)), len(WORDS.findall(new))]


@pytest.mark.django_db
def test_the_histories_are_as_long_as_they_say(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "LONG", 12)
    histories.main()
    lengths = {article.slug: article.revisions.count() for article in Article.objects.all()}
    assert lengths == {"history-10": 10, "history-12": 12}
    assert b"It was told" in client.get("/articles/history-12/changes/").content


def test_a_page_loads_its_styles_scripts_and_pictures_and_not_its_feeds() -> None:
    markup = """
      <link rel="stylesheet" href="/a.css"><link rel="icon" href="/b.svg"><link rel="alternate" href="/feed">
      <link rel="canonical" href="/c"><script type="module" src="/d.js"></script><img src="/e.png"><a href="/f">f</a>
    """
    assert _names("text/html", markup) == ["/a.css", "/b.svg", "/d.js", "/e.png"]
    assert _names("text/javascript", 'import { a } from "./a.js"; const b = () => import("./b.js");') == ["./a.js"]
    assert _names("text/css", '@import "a.css"; b { background: url(c.png) url("data:x") }') == ["a.css", "c.png"]
