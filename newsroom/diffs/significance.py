"""Detect changes that affect meaning: numbers, names, links, quotations, negations."""

import re
from enum import StrEnum
from html.parser import HTMLParser
from unicodedata import digit

from newsroom.diffs.words import LETTER, Piece, word_diff
from newsroom.text.canonical import Wording, canonical_text
from newsroom.text.html_layout import run_at
from newsroom.text.html_reader import read

WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
NUMBER = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,:/٫٬]\d+)*(?:\s?[%‰٪])?|[¼-¾⅐-⅞$¢£¥€₤₪₴₹₺₽]")
QUOTED = re.compile(r'“([^”\n]*)”|«([^»\n]*)»|»([^«\n]*)«|„([^“”\n]*)[“”]|"([^"\n]*)"|「([^」\n]*)」|『([^』\n]*)』')
SENTENCE_ENDS = (".", "!", "?", "…", "\n")
# Characters allowed between the end of a sentence and the next word.
OPENING = " \t\xa0\"'“”„«»‘’‚‹›([¿¡-–—"
QUOTE_MARKS = ('"', "“", "„", "«", "»", "«\xa0", "«\u202f")
LOOK_BACK = 100  # code points searched for the end of the previous sentence
# "Mr." and "J." do not end a sentence.
ABBREVIATION = re.compile(r"(?:^|[\W\d_])[^\W\d_a-zа-яіїєґ][^\W\d_]{0,2}\.$")
ARABIC_MARK = re.compile("[\u0640\u064b-\u0652\u0670]")
NEGATIONS = {
    "ar": "لا ليس ليست ليسوا لسنا لست لم لن غير بدون دون بلا كلا",
    "de": "nicht nichts nie niemals niemand nirgends nein kein keine keinem keinen keiner keines weder ohne",
    "en": "not no never none neither nor nobody nothing nowhere without cannot",
    "es": "no nunca jamás ni sin nada nadie ningún ninguno ninguna ningunos ningunas tampoco",
    "fr": "ne pas ni non jamais rien aucun aucune sans nul nulle guère",
    "uk": "не ні ані без ніхто ніщо нічого ніколи ніде нікуди нема немає жоден жодна жодне жодного жодної жодних",
}


class SignificantChange(StrEnum):
    """A kind of change that may affect meaning, so that publishing it needs a note and a second editor."""

    NUMBER = "number"
    NAME = "name"
    LINK = "link"
    QUOTATION = "quotation"
    NEGATION = "negation"


def significant_changes(old: Wording, new: Wording, *, language: str) -> frozenset[SignificantChange]:
    """Compare two wordings; `language` is a tag such as "uk" or "en-GB".

    Errs towards false positives: a second look costs less than a wrong name. So German nouns and headlines in title
    case count as names. A capitalised word at the start of a sentence counts if it also occurs within one.
    """
    found = set()
    if _Links(old.body).targets != _Links(new.body).targets:
        found.add(SignificantChange.LINK)
    if _block_quotations(old.body) != _block_quotations(new.body):
        found.add(SignificantChange.QUOTATION)
    before, after = _texts(old), _texts(new)
    names = _names_within(before) | _names_within(after)
    for old_text, new_text in zip(before, after, strict=True):
        found |= _text_changes(old_text, new_text, names=names, language=language)
    return frozenset(found)


def _texts(wording: Wording) -> list[str]:
    # The comma keeps the first word of a byline, a name, from counting as the start of a sentence.
    return [wording.headline, f", {wording.byline}", wording.standfirst, canonical_text(wording.body)]


def _text_changes(old: str, new: str, *, names: set[str], language: str) -> set[SignificantChange]:
    changes = word_diff(old, new)
    found = set()
    if _numbers(old) != _numbers(new):
        found.add(SignificantChange.NUMBER)
    if _quotations(old) != _quotations(new):
        found.add(SignificantChange.QUOTATION)
    if _names(changes, "delete", names) != _names(changes, "insert", names):
        found.add(SignificantChange.NAME)
    if _negations(changes, "delete", language) != _negations(changes, "insert", language):
        found.add(SignificantChange.NEGATION)
    return found


def _numbers(text: str) -> list[str]:
    """Numbers of any script in ASCII digits, with sign and per cent; currency signs; fractions."""
    return ["".join(map(_plain_digit, "".join(numeral.split()))) for numeral in NUMBER.findall(text)]


def _plain_digit(character: str) -> str:
    return str(digit(character)) if character.isdecimal() else character


def _quotations(text: str) -> list[str]:
    return ["".join(groups) for groups in QUOTED.findall(text)]


def _block_quotations(html: str) -> list[str]:
    layout = read(html)
    return [
        layout.text[flow.at : flow.until]
        for flow in layout.flows
        if (parent := run_at(layout, flow.at).parent) and any(e.name == "blockquote" for e in parent.chain())
    ]


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.append(dict(attrs).get("href"))


def _names(changes: list[Piece], op: str, names: set[str]) -> list[tuple[int, str]]:
    """Names among the deleted or inserted words, each with the number of its change.

    The number makes swapped names differ: "Serbia beat Croatia" against "Croatia beat Serbia".
    """
    before, found, place = "", list[tuple[int, str]](), 0
    for piece in changes:
        place += piece.op == "equal"
        if piece.op == op:
            for match in WORD.finditer(piece.text):
                if _is_name(match[0], before + piece.text[max(0, match.start() - LOOK_BACK) : match.start()], names):
                    found.append((place, match[0]))
        if piece.op in (op, "equal"):
            before = (before + piece.text)[-LOOK_BACK:]
    return found


def _is_name(word: str, before: str, names: set[str]) -> bool:
    if any(character.isupper() for character in word[1:]):  # NATO, McCarthy, d'Arc
        return True
    return word[0].isupper() and (word in names or not _ends_sentence(before))


def _ends_sentence(text: str) -> bool:
    """Whether the next word starts a sentence or a quotation."""
    if text.endswith(QUOTE_MARKS):
        return True
    rest = text.rstrip(OPENING)
    return not rest or (rest.endswith(SENTENCE_ENDS) and not ABBREVIATION.search(rest))


def _names_within(texts: list[str]) -> set[str]:
    """Capitalised words within sentences. Headlines are skipped: they may be in title case."""
    _, *others = texts
    return {
        match[0]
        for text in others
        for match in WORD.finditer(text)
        if match[0][0].isupper() and not _ends_sentence(text[max(0, match.start() - LOOK_BACK) : match.start()])
    }


def _negations(changes: list[Piece], op: str, language: str) -> int:
    words = (word for piece in changes if piece.op == op for word in WORD.findall(piece.text.lower()))
    base = language.lower().split("-")[0]
    lists = [NEGATIONS[base]] if base in NEGATIONS else NEGATIONS.values()
    negations = {word for words in lists for word in words.split()}
    return sum(_is_negation(word.replace("’", "'"), negations) for word in words)


def _is_negation(word: str, negations: set[str]) -> bool:
    """Includes don't, n'est and the Arabic prefix "and"."""
    bare = "".join(character for character in word if not ARABIC_MARK.fullmatch(character))
    return (
        bare in negations
        or bare.endswith("n't")
        or bare.startswith("n'")
        or (bare[:1] in "وف" and bare[1:] in negations)
    )
