"""Markup within a sentence that becomes characters."""

from collections.abc import Callable

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from newsroom.extraction.extract import inner_html
from newsroom.extraction.inline import write_formulas, write_quotations, write_readings


def after(write: Callable[[HtmlElement], object], html: str) -> str:
    root = fragment_fromstring(html, create_parent="div")
    write(root)
    return inner_html(root)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "<p>She said “a <b>b</b> ‘c’”, so.</p>"),
        ("de-at", "<p>She said „a <b>b</b> ‚c‘“, so.</p>"),
        ("fr", "<p>She said «\u202fa <b>b</b> “\u202fc\u202f”\u202f», so.</p>"),
        ("uk", "<p>She said «a <b>b</b> „c“», so.</p>"),
        ("", "<p>She said “a <b>b</b> ‘c’”, so.</p>"),
    ],
)
def test_a_quotation_within_a_sentence_gets_its_languages_marks(language: str, expected: str) -> None:
    html = "<p>She said <q>a <b>b</b> <q>c</q></q>, so.</p>"
    assert after(lambda root: write_quotations(root, language), html) == expected


def test_marks_that_stand_there_already_are_not_doubled() -> None:
    assert after(lambda root: write_quotations(root, "en"), "<p>A <q>“b”</q>.</p>") == "<p>A “b”.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>A <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> b</p>",
        "<p>A <ruby>漢<rt>kan</rt></ruby> b</p>",
        "<p>A <ruby><rb>漢</rb><rt>kan</rt></ruby> b</p>",
    ],
)
def test_a_reading_stands_in_parentheses(html: str) -> None:
    assert after(write_readings, html) == "<p>A 漢(kan) b</p>"


def test_a_formula_keeps_its_text() -> None:
    html = (
        "<p>The speed was <math><mi>v</mi><mo>=</mo><mfrac><mi>s</mi><mi>t</mi></mfrac><mo>=</mo>"
        "<msup><mn>10</mn><mn>3</mn></msup>"
        "<annotation encoding='TeX'>v=\\frac</annotation></math> km/s.</p>"
    )
    assert after(write_formulas, html) == "<p>The speed was <span>v = s/t = 10<sup>3</sup></span> km/s.</p>"


def test_a_formula_hidden_behind_its_picture_is_shown_in_its_place() -> None:
    math = "<math><msub><mi>x</mi><mn>1</mn></msub></math>"
    html = f'<p>At <span style="display: none">{math}</span><img alt="x" src="/x.svg"> m</p>'
    assert after(write_formulas, html) == "<p>At <span><span>x<sub>1</sub></span></span> m</p>"
