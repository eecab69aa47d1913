"""Advertising is told from corrections by several signs together."""

import pytest

from corrections.screening.flags import Flag
from tests.support.flagged import flags


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
