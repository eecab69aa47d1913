"""What a change touches: numbers, names, links, quotations and negations, in several languages."""

import pytest

from newsroom.diffs.significance import SignificantChange, significant_changes
from newsroom.diffs.words import MAX_CHANGE_LENGTH
from newsroom.text.canonical import Wording

NOTHING: set[SignificantChange] = set()


def wording(body: str, *, headline: str = "Head", standfirst: str = "", byline: str = "") -> Wording:
    return Wording(headline=headline, standfirst=standfirst, byline=byline, body=body)


def touches(old: str, new: str, language: str = "en") -> set[SignificantChange]:
    return set(significant_changes(wording(f"<p>{old}</p>"), wording(f"<p>{new}</p>"), language=language))


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("en", "They recieve letters.", "They receive letters.", NOTHING),
        ("en", "So teh end came.", "So the end came.", NOTHING),
        ("en", "It rained. Teh end came.", "It rained. The end came.", NOTHING),
        ("en", "It rained. the end came.", "It rained. The end came.", NOTHING),
        ("en", "It rained.", "It rained. Everyone went home.", NOTHING),
        ("en", "He said, “teh end”", "He said, “the end”", {SignificantChange.QUOTATION}),
        ("en", "He said nothing . Then he left.", "He said nothing. Then he left.", NOTHING),
        ("en", "Said Jens Stoltenburg today.", "Said Jens Stoltenberg today.", {SignificantChange.NAME}),
        (
            "en",
            "Stoltenburg spoke. We heard Stoltenberg.",
            "Stoltenberg spoke. We heard Stoltenberg.",
            {SignificantChange.NAME},
        ),
        ("en", "We met Mr. Smiht there.", "We met Mr. Smith there.", {SignificantChange.NAME}),
        ("en", "Then Smith beat Jones.", "Then Jones beat Smith.", {SignificantChange.NAME}),
        ("en", "NATO met.", "OTAN met.", {SignificantChange.NAME}),
        ("en", "He paid 30 crowns.", "He paid 13 crowns.", {SignificantChange.NUMBER}),
        ("en", "It fell to -5 degrees.", "It fell to 5 degrees.", {SignificantChange.NUMBER}),
        ("en", "It cost $5.", "It cost €5.", {SignificantChange.NUMBER}),
        ("en", "A rise of 3.5 % was seen.", "A rise of 3.5% was seen.", NOTHING),
        ("en", "A rise of 3.5 % was seen.", "A rise of 3.5 was seen.", {SignificantChange.NUMBER}),
        ("en", "The plan is legal.", "The plan is not legal.", {SignificantChange.NEGATION}),
        ("en", "They do agree.", "They don’t agree.", {SignificantChange.NEGATION}),
        ("en", "He is not comming.", "He is not coming.", NOTHING),
        ("en", '<a href="/a">here</a>', '<a href="/b">here</a>', {SignificantChange.LINK}),
        ("en", '<a href="/a">hear</a>', '<a href="/a">here</a>', NOTHING),
        ("en", "He said “we go” then.", "He said “we went” then.", {SignificantChange.QUOTATION}),
        ("en", "He said “we go” then.", "He said «we go» then.", NOTHING),
        (
            "en",
            "</p><blockquote><p>we go</p></blockquote><p>",
            "</p><blockquote><p>we goe</p></blockquote><p>",
            {SignificantChange.QUOTATION},
        ),
        ("uk", "Рада ухвалила рішенння.", "Рада ухвалила рішення.", NOTHING),
        ("uk", "Рада ухвалила це.", "Рада не ухвалила це.", {SignificantChange.NEGATION}),
        ("uk", "Про це сказала Ольга Коваль.", "Про це сказала Олена Коваль.", {SignificantChange.NAME}),
        (
            "uk",
            "Він сказав «так» мені.",
            "Він сказав «ні» мені.",
            {SignificantChange.QUOTATION, SignificantChange.NEGATION},
        ),
        ("fr", "Il est parti.", "Il n’est pas parti.", {SignificantChange.NEGATION}),
        ("fr", "Il a recu la lettre.", "Il a reçu la lettre.", NOTHING),
        ("fr", "La ville d’Avingon dort.", "La ville d’Avignon dort.", {SignificantChange.NAME}),
        ("fr", "Prix : 1,5 euro.", "Prix : 1,6 euro.", {SignificantChange.NUMBER}),
        ("es", "Llegó con dinero.", "Llegó sin dinero.", {SignificantChange.NEGATION}),
        ("de", "Sie kommt heute.", "Sie kommt heute nicht.", {SignificantChange.NEGATION}),
        ("de", "Er sagte „ja“ laut.", "Er sagte „nun“ laut.", {SignificantChange.QUOTATION}),
        ("ar", "وافق المجلس على الخطة", "لم يوافق المجلس على الخطة", {SignificantChange.NEGATION}),
        ("ar", "بلغت ٣٠ سفينة", "بلغت ١٣ سفينة", {SignificantChange.NUMBER}),
        ("ar", "بلغت ٣٠ سفينة", "بلغت 30 سفينة", NOTHING),
        ("ar", "هذة المدينة", "هذه المدينة", NOTHING),
        # Days and months are no names, but a wrong one is as wrong as a number.
        ("en", "He came on Wendesday.", "He came on Wednesday.", NOTHING),
        ("en", "He came on Wensday.", "He came on Wednesday.", NOTHING),
        ("en", "In Tuesday’s paper.", "In Wednesday’s paper.", {SignificantChange.NUMBER}),
        ("en", "He comes on Tuesdays.", "He comes on Wednesdays.", {SignificantChange.NUMBER}),
        ("en", "It opens on Oct. 3.", "It opens on Sept. 3.", {SignificantChange.NUMBER}),
        ("en", "It was Jan who came.", "It was Jon who came.", {SignificantChange.NAME}),
        ("en", "He came in Febuary.", "He came in February.", NOTHING),
        ("en", "He came on Tuesday.", "He came on Friday.", {SignificantChange.NUMBER}),
        ("en", "He came on 3 May.", "He came on 3 June.", {SignificantChange.NUMBER}),
        ("en", "He may come.", "He might come.", NOTHING),
        ("en", "He met Mr. March.", "He met Mr. Marsh.", {SignificantChange.NAME, SignificantChange.NUMBER}),
        ("de", "Er kam am Dienstag.", "Er kam am Freitag.", {SignificantChange.NUMBER}),
        ("fr", "Il est venu mardi.", "Il est venu Mardi.", NOTHING),
        ("fr", "Il est venu Mardi.", "Il est venu Jeudi.", {SignificantChange.NUMBER}),
        ("fr", "Il est venu jeudi.", "Il est venu mardi.", {SignificantChange.NUMBER}),
        ("fr", "Au mois d’avril.", "Au mois d’août.", {SignificantChange.NUMBER}),
        ("fr", "Il est venu mecredi.", "Il est venu mercredi.", NOTHING),
        ("fr", "La sonde a vu Mars.", "La sonde a vu Mercure.", {SignificantChange.NAME, SignificantChange.NUMBER}),
        ("es", "Vino el Miércoles.", "Vino el miércoles.", NOTHING),
        ("es", "Vino el lunes.", "Vino el jueves.", {SignificantChange.NUMBER}),
        ("es", "Lo dijo Pedro Gil.", "Lo dijo Julio Gil.", {SignificantChange.NAME}),
        ("uk", "Він прийшов у Середу.", "Він прийшов у четвер.", {SignificantChange.NAME, SignificantChange.NUMBER}),
        ("uk", "Він прийшов у Вівторок.", "Він прийшов у вівторок.", NOTHING),
        ("uk", "Це було 3 січня.", "Це було в січні 3.", NOTHING),
        ("uk", "Це було 3 січня.", "Це було 3 лютого.", {SignificantChange.NUMBER}),
        ("ar", "وصل يوم الثلاثاء", "وصل يوم الأربعاء", {SignificantChange.NUMBER}),
        (
            "de",
            "Sie traf Gustav Freytag.",
            "Sie traf Gustav Freitag.",
            {SignificantChange.NAME, SignificantChange.NUMBER},
        ),
        # A capital within a German sentence tells little; where an article or the ending makes it a noun, nothing.
        ("de", "Er sah ein Huas.", "Er sah ein Haus.", NOTHING),
        ("de", "Er sah ein neues Huas.", "Er sah ein neues Haus.", NOTHING),
        ("de", "Dort stehen viele alte Huaser.", "Dort stehen viele alte Häuser.", NOTHING),
        ("de", "Wir fragten die Verwlatung.", "Wir fragten die Verwaltung.", NOTHING),
        ("de", "Wir fragten die Verwaltnug.", "Wir fragten die Verwaltnung.", {SignificantChange.NAME}),
        ("de", "Wir fragten die Landesregirung.", "Wir fragten die Landesregierung.", NOTHING),
        ("de", "Er kam mit der Zeitung.", "Er kam mit großer Verspätung und der Zeitung.", NOTHING),
        ("de", "Das sagte Meier.", "Das sagte Maier.", {SignificantChange.NAME}),
        ("de", "Das sagte ein Herr Meier.", "Das sagte ein Herr Maier.", {SignificantChange.NAME}),
        ("de", "Es kam eine Frau Jung.", "Es kam eine Frau Young.", {SignificantChange.NAME}),
        ("de", "Er fuhr in die Ukriane.", "Er fuhr in die Ukraine.", {SignificantChange.NAME}),
        ("de", "Eine NATO.", "Eine OTAN.", {SignificantChange.NAME}),
        ("ja", "彼は「はい」と言った。", "彼は「いいえ」と言った。", {SignificantChange.QUOTATION}),
    ],
)
def test_what_a_change_touches(language: str, old: str, new: str, expected: set[SignificantChange]) -> None:
    assert touches(old, new, language) == expected


def test_nothing_is_touched_where_nothing_changed() -> None:
    body = "<p>“No,” said Jens on 3 May.</p>"
    assert touches(body, body) == NOTHING


def test_every_word_of_a_byline_with_a_capital_is_a_name() -> None:
    old, new = wording("<p>x</p>", byline="Mraia Kovalenko"), wording("<p>x</p>", byline="Maria Kovalenko")
    assert significant_changes(old, new, language="en") == {SignificantChange.NAME}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("“a «b» c", "“a «d» c", {SignificantChange.QUOTATION}),  # the first is never closed
        ("“a\n\nb” c", "“a\n\nd” c", NOTHING),
        ("“a „b“ c", "“a „d“ c", {SignificantChange.QUOTATION}),
        ("“ “ “ a “b” c", "“ “ “ a “b” d", NOTHING),
    ],
)
def test_a_mark_that_nothing_closes_quotes_nothing(old: str, new: str, expected: set[SignificantChange]) -> None:
    assert touches(old.replace("\n\n", "</p><p>"), new.replace("\n\n", "</p><p>")) == expected


def test_a_change_too_long_to_be_compared_by_word_may_touch_anything() -> None:
    line = "a " * (MAX_CHANGE_LENGTH // 2)
    assert touches(line, f"b {line}") == set(SignificantChange)
    whole = "</p><p>".join([line] * 4)
    assert touches(f"{whole}</p><p>recieve</p><p>{whole}", f"{whole}</p><p>receive</p><p>{whole}") == NOTHING


def test_headline_and_standfirst_count_as_well() -> None:
    old = wording("<p>x</p>", headline="A loss of 30 boats", standfirst="It was foreseen.")
    new = wording("<p>x</p>", headline="A loss of 13 boats", standfirst="It was not foreseen.")
    assert significant_changes(old, new, language="en-GB") == {SignificantChange.NUMBER, SignificantChange.NEGATION}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Old Brigde Closed for Months", "Old Bridge Closed for Months", NOTHING),  # the text says “bridge”
        ("Old Bridge Closed for Months", "Old Harbour Closed for Months", {SignificantChange.NAME}),  # nowhere said
        ("Stoltenburg Opens the Bridge", "Stoltenberg Opens the Bridge", {SignificantChange.NAME}),
        ("Baker Opens Bridge Again", "Bakker Opens Bridge Again", {SignificantChange.NAME}),  # both in the text
        ("Old bridge in Oslo closed", "Old bridge in Olso closed", {SignificantChange.NAME}),  # not in title case
    ],
)
def test_in_a_headline_in_title_case_what_the_text_uses_in_lower_case_is_no_name(
    old: str, new: str, expected: set[SignificantChange]
) -> None:
    body = "<p>The old bridge is closed, said Baker, who was a baker before he met Stoltenberg.</p>"
    before, after = (wording(body, headline=headline) for headline in (old, new))
    assert significant_changes(before, after, language="en") == expected


def test_an_unknown_language_knows_every_negation() -> None:
    assert touches("Ho capito.", "Ho non capito.", "it") == {SignificantChange.NEGATION}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The army of Serbia met that of Croatia.", "The army of Croatia met that of Serbia."),
        ("He flew from Serbia to meet the minister in May.", "He flew to meet the minister from Serbia in May."),
    ],
)
def test_a_name_that_moves_is_touched(old: str, new: str) -> None:
    assert touches(old, new) == {SignificantChange.NAME}


def test_a_name_that_stays_while_words_around_it_change_is_not_touched() -> None:
    old, new = "He flew from Serbia to meet teh minister.", "He has flown from Serbia and met the minister."
    assert touches(old, new) == NOTHING
