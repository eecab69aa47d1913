"""Decode a page's bytes as browsers do: byte order mark, then the label that the page declares, then UTF-8."""

import codecs
import re

# A label is looked for in the first kilobyte alone (HTML Standard, "prescan a byte stream").
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]+)""", re.IGNORECASE
)
PRESCANNED = 1024
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# The Encoding Standard's other meanings of labels, by Python's names of the codecs.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page that could be read for its label is no UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


class WrongEncoding(ValueError):
    """The bytes are not text in the encoding that the page declares."""


def decode(raw: bytes, label: str = "") -> str:
    """The page's text; `label` is the charset of the HTTP answer, which comes before the page's own.

    A page that is not what it declares, but UTF-8, is UTF-8. Raises WrongEncoding.
    """
    for mark, codec in MARKS.items():
        if raw.startswith(mark):
            return _decoded(raw.removeprefix(mark), codec)
    declared = DECLARED.search(raw[:PRESCANNED])
    codec = _codec(label) or (_codec(declared[1].decode("ascii")) if declared else "")
    if codec == "utf-8" or not codec:
        return _utf_8_or(raw, codec or "cp1252")
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return _utf_8_or(raw, codec)


def _utf_8_or(raw: bytes, codec: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(raw, codec)


def _decoded(raw: bytes, codec: str) -> str:
    """With a few damaged bytes replaced, as a browser shows them."""
    text = raw.decode(codec, errors="replace")
    if text.count("\ufffd") > max(3, len(text) // 2000):
        raise WrongEncoding(codec)
    return text


def _codec(label: str) -> str:
    """Python's codec for a label; empty for an unknown one."""
    try:
        name = codecs.lookup(label.strip()).name if label.strip() else ""
    except LookupError:
        return ""
    return MEANT.get(name, name)
