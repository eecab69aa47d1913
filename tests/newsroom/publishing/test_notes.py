"""The note that is written for an editor, in the language of the article and the words of the house."""

import pytest

from newsroom.models import Article, Kind
from newsroom.notes.writing import PLACEHOLDERS, check_pattern
from newsroom.publishing.notes import default_patterns, written_note
from newsroom.text.canonical import Wording
from tests.support.factories import current_revision, make_article, make_pattern, make_wording, retract
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db
BODIES = {
    "en": ("<p>He worked there for 67 years.</p>", "“67 years”", "“57 years”"),
    "de": ("<p>Er war 67 Jahre dort.</p>", "„67 Jahre“", "„57 Jahre“"),
    "es": ("<p>Trabajó allí 67 años.</p>", "«67 años»", "«57 años»"),
    "fr": ("<p>Il y a travaillé 67 ans.</p>", "«\xa067 ans\xa0»", "«\xa057 ans\xa0»"),
    "uk": ("<p>Він працював 67 років там.</p>", "«67 років»", "«57 років»"),
    "ar": ("<p>عمل 67 عامًا هناك.</p>", "«67 عامًا»", "«57 عامًا»"),
}


def note_for(article: Article, wording: Wording, kind: Kind = Kind.CORRECTION) -> str:
    return written_note(article, base=current_revision(article), kind=kind, wording=wording)


@pytest.mark.parametrize("language", sorted(BODIES))
def test_a_note_is_written_in_the_language_of_the_article(language: str) -> None:
    body, old, new = BODIES[language]
    article = make_article(language=language, body=body)
    note = note_for(article, make_wording(body=body.replace("67", "57")))
    assert old in note
    assert new in note
    assert language == "en" or "earlier version" not in note
    assert "{" not in note


def test_an_english_note_reads_as_a_newspaper_prints_it() -> None:
    article = make_article(body=BODIES["en"][0])
    fewer = make_wording(body=BODIES["en"][0].replace("67", "57"))
    assert note_for(article, fewer) == "An earlier version of this article said “67 years”. It is “57 years”."


def test_every_default_has_the_placeholders_of_its_sentence() -> None:
    for language in BODIES:
        patterns = default_patterns(language)
        assert patterns.keys() == PLACEHOLDERS.keys()
        for sentence, text in patterns.items():
            check_pattern(sentence, text)


def test_the_houses_own_sentence_takes_the_place_of_the_default() -> None:
    make_pattern("Sorry: not {old}, {new}.")
    make_pattern("Pardon: {old}, {new}.", language="fr")
    article = make_article(language="en-GB", body=BODIES["en"][0])
    fewer = make_wording(body=BODIES["en"][0].replace("67", "57"))
    assert note_for(article, fewer) == "Sorry: not “67 years”, “57 years”."


def test_each_kind_gets_the_note_that_it_needs() -> None:
    article = make_article()
    spelled = make_wording(body=current_revision(article).require_content().body.replace("recieve", "receive"))
    counted = make_wording(body=spelled.body.replace("14", "15"))
    assert note_for(article, spelled, Kind.TYPO) == ""
    assert "“receive”" in note_for(article, counted, Kind.TYPO)
    assert note_for(article, counted, Kind.UPDATE) == ""
    assert "clearer" in note_for(article, counted, Kind.CLARIFICATION)
    assert "retracted" in note_for(article, counted, Kind.RETRACTION)
    assert note_for(article, counted, Kind.PUBLICATION) == ""


def test_withheld_words_are_not_quoted() -> None:
    article = make_article()
    base = current_revision(article)
    wording = base.require_content().wording
    retract(article)
    withhold(article)
    base = article.revisions.select_related("stored_text").get(number=1)
    assert written_note(article, base=base, kind=Kind.CORRECTION, wording=wording) == ""
