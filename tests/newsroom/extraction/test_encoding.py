"""A page is read in the encoding that browsers would read it in."""

import pytest

from newsroom.extraction.encoding import WrongEncoding, decode

SENTENCE = "“Ça coûte 5 € – déjà”, dit-elle."


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "ISO_8859-1", "us-ascii", "windows-1252", "cp1252"])
def test_what_is_called_latin_1_is_windows_1252(label: str) -> None:
    raw = f'<meta charset="{label}"><p>{SENTENCE}'.encode("cp1252")
    assert decode(raw).endswith(SENTENCE)


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("windows-1251", "windows-1251", "Міст відкриють у понеділок"),
        ("koi8-u", "koi8-u", "Міст відкриють"),
        ("gb18030", "gb2312", "桥星期一开放"),
        ("cp932", "shift_jis", "橋は月曜日に①"),
        ("cp949", "euc-kr", "다리가 월요일에 똠방"),
        ("cp1254", "iso-8859-9", "Köprü pazartesi açılıyor – “evet”"),
        ("cp874", "tis-620", "สะพาน…"),
        ("utf-8", "utf-8", "Міст — “так”"),
    ],
)
@pytest.mark.parametrize(
    "declared",
    [
        '<meta charset="{}">',
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}">',
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_a_declared_label_is_obeyed(codec: str, label: str, text: str, declared: str) -> None:
    assert decode((declared.format(label) + text).encode(codec)).endswith(text)


def test_the_answers_label_comes_before_the_pages_own() -> None:
    raw = '<meta charset="utf-8">Міст'.encode("windows-1251")
    assert decode(raw, "windows-1251").endswith("Міст")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_comes_before_every_label(codec: str) -> None:
    assert decode(f'<meta charset="windows-1251">{SENTENCE}'.encode(codec), "koi8-r").endswith(SENTENCE)


@pytest.mark.parametrize("declared", ["", '<meta charset="x-unknown">', '<meta charset="utf-16">'])
def test_without_a_label_that_is_known_it_is_utf_8_and_else_windows_1252(declared: str) -> None:
    assert decode((declared + SENTENCE).encode()).endswith(SENTENCE)
    if "utf-16" not in declared:
        assert decode((declared + SENTENCE).encode("cp1252")).endswith(SENTENCE)


def test_a_page_that_is_utf_8_and_not_what_it_declares_is_utf_8() -> None:
    assert decode(f'<meta charset="shift_jis">{SENTENCE} Ёж'.encode()).endswith("Ёж")


def test_a_damaged_character_is_replaced_and_a_damaged_page_refused() -> None:
    assert decode(b'<meta charset="utf-8">' + b"word " * 20 + b"\xff end").endswith("\ufffd end")
    with pytest.raises(WrongEncoding, match="utf-8"):
        decode(b'<meta charset="utf-8">' + "Міст відкриють".encode("windows-1251"))
