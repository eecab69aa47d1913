"""A change is carried over to a later text where the two touch different words, and comes back as it was."""

import random

import pytest

from newsroom.diffs.rebasing import ChangesOverlap, map_span, rebase, rebase_over
from newsroom.text.canonical import Wording, canonical_text
from newsroom.text.sanitizer import sanitise

BODY = (
    "<p>The council has 14 bridges, of which three are closed.</p>"
    "<p>They recieve <em>money</em> each year.</p><ul><li>One</li><li>Two</li></ul>"
)


def wording(body: str, headline: str = "Bridges") -> Wording:
    return Wording(headline=headline, standfirst="", byline="", body=body)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("14", "15"), ("three", "four")),
        (("14", "15"), ("The council has", "In May the council had")),
        (("recieve", "receive"), ("<em>money</em>", "money")),
        (("recieve", "receive"), ("money", "cash")),
        (("of which", "<strong>of which</strong>"), ("14", "15")),
        (("<p>They", "<p>A new paragraph.</p><p>They"), ("three", "four")),
        (("<li>One</li>", ""), ("14", "15")),
        (("<li>Two</li>", "<li>Two</li><li>Three</li>"), ("One", "Eins")),
    ],
)
def test_changes_of_different_words_are_both_made_whichever_comes_first(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    old, new, onto = wording(BODY), wording(BODY.replace(*ours)), wording(BODY.replace(*theirs))
    both = wording(BODY.replace(*ours).replace(*theirs))
    assert rebase(old, new, onto) == rebase(old, onto, new) == both
    assert rebase(onto, both, old) == new


def test_words_that_both_changed_are_the_writers_and_the_rest_is_of_both() -> None:
    old, new = wording(BODY), wording(BODY.replace("14", "15").replace("recieve", "receive"))
    onto = wording(BODY.replace("14", "16").replace("three", "four"), headline="Crossings")
    both = wording(
        BODY.replace("14", "15").replace("recieve", "receive").replace("three", "four"), headline="Crossings"
    )
    assert rebase_over(old, new, onto) == both
    assert rebase_over(old, old, onto) == onto
    rewritten = rebase_over(old, wording("<p>All new.</p>"), onto).body
    assert canonical_text(sanitise(rewritten)) == canonical_text(rewritten)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("14", "15"), ("14", "16")),
        (("14", "15"), ("14", "15")),
        (("recieve", "do not recieve"), ("recieve", "get")),
        (("money", "cash"), ("<em>money</em>", "money")),
        (("closed.</p><p>They", "closed. They"), ("three", "four")),
        (("14 ", "14 big "), ("bridges", "tunnels")),
        ((BODY, "<p>All new.</p>"), ("14", "15")),
    ],
)
def test_changes_of_the_same_words_are_no_unrelated_ones(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    old, new, onto = wording(BODY), wording(BODY.replace(*ours)), wording(BODY.replace(*theirs))
    for one, other in ((new, onto), (onto, new)):
        with pytest.raises(ChangesOverlap):
            rebase(old, one, other)


def test_fields_are_carried_over_each_by_itself() -> None:
    old = wording(BODY)
    assert rebase(old, wording(BODY, "Bridges shut"), wording(BODY.replace("14", "15"))) == wording(
        BODY.replace("14", "15"), "Bridges shut"
    )
    with pytest.raises(ChangesOverlap):
        rebase(old, wording(BODY, "Tunnels"), wording(BODY, "Roads"))


def test_a_headline_may_write_about_tags() -> None:
    old, new, onto = (wording(BODY, f"Use {tag} rightly, says {name}") for tag, name in (
        ("</div>", "Bob"), ("</span>", "Bob"), ("</div>", "Rob"),
    ))  # fmt: skip
    assert rebase(old, new, onto).headline == "Use </span> rightly, says Rob"


def test_what_is_no_sound_html_overlaps() -> None:
    old, new, onto = (wording(f"a {tag} b c d {word}") for tag, word in (("</i>", "x"), ("</b>", "x"), ("</i>", "y")))
    for one, other in ((new, onto), (onto, new)):
        with pytest.raises(ChangesOverlap):
            rebase(old, one, other)


def test_a_long_list_becomes_a_numbered_one_beside_another_change() -> None:
    """Its end is looked for through all items: each of them once."""
    items = "".join(f"<li>Item {number}</li>" for number in range(6_000))
    old, new, onto = (
        wording(f"<{tag}>{items}</{tag}><p>It ends {end}.</p>")
        for tag, end in (("ul", "here"), ("ol", "here"), ("ul", "there"))
    )
    assert rebase(old, new, onto).body == f"<ol>{items}</ol><p>It ends there.</p>"


def test_many_changes_on_both_sides_are_all_made() -> None:
    lines = "".join(f"<p>One {n} and two {n} and three {n}.</p><p>Same {n}.</p>" for n in range(4_000))
    new, onto = lines.replace("One", "First"), lines.replace("three", "third")
    assert rebase(wording(lines), wording(new), wording(onto)).body == new.replace("three", "third")


def test_whatever_two_editors_change_the_outcome_is_sound_html_and_can_be_carried_back() -> None:
    """Random edits of words and markup; none of the outcomes is any other than the sanitiser would leave."""
    chance, made = random.Random(16), 0
    edits = [
        ("14", "15"), ("three", "four"), ("closed", "shut"), ("<em>money</em>", "money"), ("each year", "yearly"),
        ("bridges", "<strong>bridges</strong>"), ("</p><p>They", " They"), ("has 14", "has"),
        ("which", "<em>which</em>"), ("<li>One</li>", "<li>One</li><li>1a</li>"), ("council", "town council"),
        ("of which three are closed", "all open"), ("</p><ul>", "</p><p>Then.</p><ul>"), ("Two", "Two, too"),
    ]  # fmt: skip
    for _ in range(400):
        ours, theirs = chance.sample(edits, 2), chance.sample(edits, 2)
        new, onto = BODY, BODY
        for each in ours:
            new = new.replace(*each)
        for each in theirs:
            onto = onto.replace(*each)
        try:
            both = rebase(wording(BODY), wording(new), wording(onto))
        except ChangesOverlap:
            continue
        made += 1
        assert sanitise(both.body) == both.body
        assert rebase(wording(onto), both, wording(BODY)).body == new
    assert made > 50


@pytest.mark.parametrize(
    ("put", "expected"),
    [(("14", "fourteen"), "three"), (("three", "3 or 4"), "3 or 4"), ((" closed", " now closed"), "three")],
)
def test_a_passage_is_found_again_in_the_text_that_came_of_it(put: tuple[str, str], expected: str) -> None:
    old, new = canonical_text(BODY), canonical_text(BODY.replace(*put))
    start = old.index("three")
    first, last = map_span(old, new, start, start + len("three"))
    assert new[first:last] == expected
