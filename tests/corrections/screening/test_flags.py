"""What is risky about a suggestion is flagged; what cannot be seen is refused."""

from importlib.metadata import distribution

import pytest

from corrections.screening.flags import WARNINGS, Flag, describe_code_points, find_flags
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from corrections.screening.spelling import LANGUAGES


def flags(
    exact: str, replacement: str | None, *, language: str = "en", category: str = "typo", note: str = ""
) -> list[Flag]:
    return find_flags(
        exact, replacement, prefix="They said that ", suffix=" here.", category=category, language=language, note=note
    )


@pytest.mark.parametrize(
    ("exact", "replacement", "expected"),
    [
        ("are", "is", []),
        ("14", "41", [Flag.NUMBER]),
        ("Stoltenburg", "Stoltenberg", [Flag.NAME]),
        ("is open", "is not open", [Flag.NEGATION]),
        ("“we came”", "“we went”", [Flag.QUOTATION]),
        ("at example.org/a", "at example.org/b", [Flag.LINK]),
        ("bad", "b" + "ad " * 80, [Flag.LARGE]),
        ("apple", "\u0430pple", [Flag.MIXED_SCRIPTS]),
        ("wrong", None, []),
    ],
)
def test_flags(exact: str, replacement: str | None, expected: list[Flag]) -> None:
    assert flags(exact, replacement) == expected


def test_every_flag_but_the_agreement_of_a_word_list_is_a_warning() -> None:
    assert frozenset(Flag) - WARNINGS == {Flag.SPELLING}


@pytest.mark.parametrize(
    ("category", "words", "is_large"),
    [
        ("typo", 20, False),
        ("typo", 40, True),
        ("name", 20, False),
        ("name", 40, True),
        ("link", 40, False),
        ("link", 120, True),
        ("fact", 100, False),
        ("fact", 180, True),
        ("clarity", 180, False),
        ("clarity", 300, True),
        ("other", 300, True),
    ],
)
def test_how_large_a_change_may_be_depends_on_what_the_reader_calls_it(
    category: str, words: int, is_large: bool
) -> None:
    assert (Flag.LARGE in flags("bad", "bad " + "abcd " * words, category=category)) is is_large


def test_a_rewritten_passage_of_the_same_length_is_large() -> None:
    assert Flag.LARGE in flags("old words " * 12, "new terms " * 12)


# Spelling ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "exact", "replacement"),
    [
        ("en", "recieve", "receive"),
        ("en-GB", "seperate", "separate"),
        ("en", "the goverment, beleive it", "the government, believe it"),
        ("en", "accomodate", "accommodate"),
        ("uk", "відвідувачив", "відвідувачів"),
        ("uk", "приміщеня", "приміщення"),
        ("uk", "зявилася", "з’явилася"),
        ("fr", "l’acceuil", "l’accueil"),
        ("fr", "aparaître", "apparaître"),
        ("es", "ayuntamieno", "ayuntamiento"),
        ("de", "vorraussichtlich", "voraussichtlich"),
        ("ar", "المدررسة", "المدرسة"),
        ("ar", "المدرّرسة", "المدرسة"),
    ],
)
def test_a_word_list_confirms(language: str, exact: str, replacement: str) -> None:
    assert flags(exact, replacement, language=language) == [Flag.SPELLING]


@pytest.mark.parametrize(
    ("language", "exact", "replacement"),
    [
        ("en", "receive", "recieve"),
        ("en", "causal", "casual"),  # both are good
        ("en", "tern", "turn"),  # a rare word is no misspelling
        ("en", "eider", "either"),
        ("en", "untied", "united"),
        ("en", "ferried", "married"),
        ("en", "internals", "internal"),  # another ending
        ("en", "qzxvkly", "plants"),  # another word
        ("en", "recieve", "recieve it"),
        ("en", "recieve,", "receive"),  # more than words changed
        ("en", "goverment recieve seperate beleive", "government receive separate believe"),
        ("en", "Jonhson", "Johnson"),
        ("en", "10th", "1oth"),
        ("uk", "приміщеннями", "приміщення"),
        ("uk", "скакати", "сказати"),
        ("fr", "parlera", "parler"),
        ("es", "gestaba", "gustaba"),
        ("de", "aufhörten", "aufhören"),
        ("ar", "ثلاث", "ثلاثة"),
        ("eo", "recieve", "receive"),  # no list
        ("ja", "recieve", "receive"),
        ("", "recieve", "receive"),
    ],
)
def test_a_word_list_is_silent(language: str, exact: str, replacement: str) -> None:
    assert Flag.SPELLING not in flags(exact, replacement, language=language)


def test_a_name_is_not_for_a_word_list() -> None:
    assert Flag.SPELLING not in flags("recieve", "receive", category="name")


def test_a_part_of_a_word_is_read_with_the_rest() -> None:
    found = find_flags("ie", "ei", prefix="they rec", suffix="ve it", category="typo", language="en")

    assert found == [Flag.SPELLING]


def test_every_language_has_its_list() -> None:
    package = distribution("wordfreq")

    for language in LANGUAGES:
        with open(str(package.locate_file(f"wordfreq/data/large_{language}.msgpack.gz")), "rb") as file:
            assert file.read(2) == b"\x1f\x8b"


# Advertising ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "replacement"),
    [
        ("the harbour", "the harbour https://cheap-pills.example/buy"),
        ("the harbour", "the harbour. Buy now at best-shop.com"),
        ("the harbour", "Order today! Free shipping with promo code SEA"),
        ("the harbour", "BEST BOATS EVER, CALL US ON +44 20 7946 0958"),
        ("гавань", "гавань. Замовляйте зараз, знижки до 50%"),
        ("гавань", "гавань — телефонуйте 067 123 45 67!!!"),
        ("le port", "le port : cliquez ici, livraison gratuite"),
        ("el puerto", "el puerto. Compra ahora por 20 € en tienda.shop"),
        ("der Hafen", "der Hafen – jetzt bestellen, nur 9,99 €"),
        ("الميناء", "الميناء اضغط هنا عرض خاص"),
        ("الميناء", "الميناء تواصل معنا +971 50 123 4567"),
    ],
)
def test_advertising_in_the_new_wording(exact: str, replacement: str) -> None:
    assert Flag.ADVERTISING in flags(exact, replacement, category="other")


def test_advertising_in_the_note() -> None:
    note = "Great article. Buy now at https://shop.example/x for $5"

    assert flags("wrong", None, note=note) == [Flag.ADVERTISING]


@pytest.mark.parametrize(
    ("category", "exact", "replacement"),
    [
        ("typo", "recieve", "receive"),
        ("fact", "a ticket costs $4", "a ticket costs $5"),
        ("fact", "a ticket", "a ticket for $5"),
        ("name", "Booking", "Booking.com"),
        ("link", "the full survey report", "the full survey report (https://example.org/report)"),
        ("link", "https://exampel.org/report", "https://example.org/report"),
        ("fact", "Call 0800 123 455", "Call 0800 123 456"),
        ("name", "the UN", "UNESCO and NATO"),
        ("typo", "Stop", "Stop!"),
        ("fact", "an offer", "a special offer of the council"),
        ("fact", "19 November 2026 at 22:40", "2026-11-19 22:10, 10 000 000 000 crowns"),
        ("typo", "end of the sentence.The next", "end of the sentence. The next"),
        ("fact", "35 тонн", "53 тонни"),
        ("fact", "квиток", "квиток за 50 грн"),
        ("fact", "акція протесту", "акція протесту біля казино"),
        ("fact", "dimanche 3 octobre 2026", "samedi 3 octobre 2026"),
        ("clarity", "le repas", "le repas, pas cher pour les familles"),
        ("fact", "se resuelve ahora en 45", "se resuelve ahora en 35"),
        ("clarity", "la entrada", "la entrada, gratis los domingos"),
        ("typo", "Das es nun anders kommt", "Dass es nun anders kommt"),
        ("fact", "um 21:56 Uhr", "um 21:46 Uhr, für 9,99 €"),
        ("fact", "على أربع قاعات", "على خمس قاعات"),
        ("fact", "السعر", "السعر مع خصم"),
    ],
)
def test_a_correction_is_no_advertising(category: str, exact: str, replacement: str) -> None:
    assert Flag.ADVERTISING not in flags(exact, replacement, category=category)


@pytest.mark.parametrize(
    "note",
    [
        "See https://www.gov.uk/fees: it is $5.",
        "THIS IS SIMPLY WRONG!!! See https://example.org/minutes",
        "When I click here the link is dead.",
        "Зателефонуйте мені: 067 123 45 67, це помилка.",
        "Voir https://example.fr/horaires",
    ],
)
def test_a_source_or_an_angry_word_in_the_note_is_no_advertising(note: str) -> None:
    assert flags("wrong", None, note=note) == []


def test_what_the_passage_says_itself_is_no_advertising() -> None:
    assert Flag.ADVERTISING not in flags(
        "Buy now, free shipping, said the bil", "Buy now, free shipping, said the bill"
    )


# What cannot be seen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "replacement", "names"),
    [
        ("harbour", "har\u00adbour", ["U+00AD SOFT HYPHEN"]),
        ("harbour", "har\u200dbour", ["U+200D ZERO WIDTH JOINER"]),
        ("harbour", "har\u200cbour", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("harbour wall", "harbour\u00a0wall", ["U+00A0 NO-BREAK SPACE"]),
        ("harbour", "\u200eharbour\u200f", ["U+200E LEFT-TO-RIGHT MARK", "U+200F RIGHT-TO-LEFT MARK"]),
        ("har\u00adbour", "har\u00ad\u00adbor", ["U+00AD SOFT HYPHEN"]),
        ("good", "good\ufe01", ["U+FE01 VARIATION SELECTOR-2"]),
        ("می‌خواهم", "می‌‌خواهم", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("good", "go\u3164od", ["U+3164 HANGUL FILLER"]),
    ],
)
def test_new_invisible_characters_are_named(exact: str, replacement: str, names: list[str]) -> None:
    assert Flag.HIDDEN in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == names


@pytest.mark.parametrize(
    ("exact", "replacement"),
    [
        ("میخواهم", "می‌خواهم"),
        ("क्ष", "क्‍ष"),
        ("smile", "👩‍🔬 ❤️ 👍🏽 🏳️‍🌈 🇫🇷 1️⃣ 🏴\U000e0067\U000e0062\U000e007f"),
        ("« Oui ! »", "«\u00a0Oui\u202f!\u00a0»"),
        ("10 000 €", "10\u202f000\u00a0€"),
        ("у Києві — столиці", "у\u00a0Києві\u00a0— столиці"),
        ("har\u00adbor", "har\u00adbour"),
        ("plain", "plainer"),
    ],
)
def test_spelling_and_typography_are_not_hidden(exact: str, replacement: str) -> None:
    assert Flag.HIDDEN not in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == []


@pytest.mark.parametrize(
    ("exact", "replacement", "names"),
    [
        ("apple", "\u0430pple", ["U+0430 CYRILLIC SMALL LETTER A"]),
        ("хата", "х\u0061та", ["U+0061 LATIN SMALL LETTER A"]),
        ("Athens", "\u0391thens", ["U+0391 GREEK CAPITAL LETTER ALPHA"]),
        (
            "copy",
            "сору",
            [
                "U+043E CYRILLIC SMALL LETTER O",
                "U+0440 CYRILLIC SMALL LETTER ER",
                "U+0441 CYRILLIC SMALL LETTER ES",
                "U+0443 CYRILLIC SMALL LETTER U",
            ],
        ),
    ],
)
def test_new_look_alikes_are_named(exact: str, replacement: str, names: list[str]) -> None:
    assert Flag.MIXED_SCRIPTS in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == names


@pytest.mark.parametrize(
    ("exact", "replacement"),
    [
        ("компанія", "IT-компанія"),
        ("телефон", "iPhone’и"),
        ("5 mm", "5 μm and 3 kΩ"),
        ("\u0430pple", "apple"),
        ("\u0430pple pi", "\u0430pple pie"),
        ("Kyiv", "Kyiv (Київ)"),
        ("Бі-бі-сі", "BBC"),
    ],
)
def test_two_scripts_side_by_side_are_no_disguise(exact: str, replacement: str) -> None:
    assert Flag.MIXED_SCRIPTS not in flags(exact, replacement)


@pytest.mark.parametrize(
    "text",
    [
        *("recieve " * 250, "a1" * 1000, "!" * 2000, "0" * 2000, "a." * 1000, "a-" * 1000, "x" * 2000, "+1 " * 666),
        *("\u00a0" * 2000, "«" * 2000, "www." * 500, "ж\u0061" * 1000, "ا\u200c" * 1000, "click " * 333, "a@b." * 500),
        "🏴" + "\U000e0067" * 1999,
        "🏴" * 1000 + "\U000e0067" * 1000,
    ],
)
def test_a_long_text_of_any_kind_is_flagged(text: str) -> None:
    assert Flag.LARGE in flags("x" + text[:999], text, note=text)


# As tag letters behind a black flag, "gbeng" and the end.
ENGLAND = "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


# Refused at the door -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code_points"),
    [
        ("a\u202eb", ["U+202E"]),
        ("a\u2066b\u2069", ["U+2066", "U+2069"]),
        ("a\x00\x1b", ["U+0000", "U+001B"]),
        ("a\U000e0041", ["U+E0041"]),
        ("a\u200bb", ["U+200B"]),
        ("a\ud800", ["U+D800"]),
        ("🏴\U000e0067\U000e0062\U000e007f", ["U+E0062", "U+E0067", "U+E007F"]),  # of no part of a country
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", ["U+E0062", "U+E0065", "U+E0067", "U+E006E"]),
        (f"🏴{ENGLAND}\U000e0041", ["U+E0041"]),  # a message behind a flag
    ],
)
def test_hidden_characters_are_refused_by_name(text: str, code_points: list[str]) -> None:
    with pytest.raises(HiddenCharacters) as hidden:
        refuse_hidden_characters(text)

    assert hidden.value.code_points == code_points


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "👩‍🔬 🇫🇷", f"🏴{ENGLAND}", f"🏴{ENGLAND}🏴{ENGLAND}", "Россия", "شكرا", "a\nb\tc", "привіт"],
)
def test_spelling_passes(text: str) -> None:
    refuse_hidden_characters(text)


def test_what_the_passage_held_before_may_stay() -> None:
    refuse_hidden_characters("a\u202bc", known="a\u202bb")
