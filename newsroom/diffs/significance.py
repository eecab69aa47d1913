"""Which things that carry meaning a change of an article touches: numbers, names, links, quotations, negations."""

import re
from enum import StrEnum
from html.parser import HTMLParser
from unicodedata import digit

from newsroom.diffs.words import LETTER, Piece, word_diff
from newsroom.text.canonical import Wording, canonical_text
from newsroom.text.html_layout import stretch_at
from newsroom.text.html_reader import read

WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
NUMBER = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,:/٫٬]\d+)*(?:\s?[%‰٪])?|[¼-¾⅐-⅞$¢£¥€₤₪₴₹₺₽]")
QUOTED = re.compile(r'“([^”\n]*)”|«([^»\n]*)»|»([^«\n]*)«|„([^“”\n]*)[“”]|"([^"\n]*)"|「([^」\n]*)」|『([^』\n]*)』')
SENTENCE_ENDS = (".", "!", "?", "…", "\n")
# What may stand between the end of a sentence and the first word of the next.
OPENING = " \t\xa0\"'“”„«»‘’‚‹›([¿¡-–—"
QUOTE_MARKS = ('"', "“", "„", "«", "»", "«\xa0", "«\u202f")
LOOK_BACK = 100  # code points, to the end of the sentence before
# "Mr." and "J." are not the last word of a sentence.
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


class Touch(StrEnum):
    """What a change touches, so that calling it a typing error needs a second look."""

    NUMBER = "number"
    NAME = "name"
    LINK = "link"
    QUOTATION = "quotation"
    NEGATION = "negation"


def touched(old: Wording, new: Wording, *, language: str) -> frozenset[Touch]:
    """What of meaning differs between two wordings; `language` is a tag such as "uk" or "en-GB".

    In doubt something is touched: a second pair of eyes costs less than a wrong name. So German nouns and headlines
    in title case count as names. A word that begins a sentence counts where it stands elsewhere within one.
    """
    touches = set()
    if _Links(old.body).targets != _Links(new.body).targets:
        touches.add(Touch.LINK)
    if _block_quotations(old.body) != _block_quotations(new.body):
        touches.add(Touch.QUOTATION)
    before, after = _texts(old), _texts(new)
    names = _names_within(before) | _names_within(after)
    for old_text, new_text in zip(before, after, strict=True):
        touches |= _touched_in_text(old_text, new_text, names=names, language=language)
    return frozenset(touches)


def _texts(wording: Wording) -> list[str]:
    # A byline is all names: with the comma nothing in it begins a sentence.
    return [wording.headline, f", {wording.byline}", wording.standfirst, canonical_text(wording.body)]


def _touched_in_text(old: str, new: str, *, names: set[str], language: str) -> set[Touch]:
    changes = word_diff(old, new)
    touches = set()
    if _numbers(old) != _numbers(new):
        touches.add(Touch.NUMBER)
    if _quotations(old) != _quotations(new):
        touches.add(Touch.QUOTATION)
    if _names(changes, "delete", names) != _names(changes, "insert", names):
        touches.add(Touch.NAME)
    if _negations(changes, "delete", language) != _negations(changes, "insert", language):
        touches.add(Touch.NEGATION)
    return touches


def _numbers(text: str) -> list[str]:
    """Numerals of any script in ASCII digits, with sign and per cent sign; currency signs; fractions."""
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
        if (parent := stretch_at(layout, flow.at).parent) and any(e.name == "blockquote" for e in parent.chain())
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
    """The names among the words taken out ("delete") or put in ("insert"), each with the number of its place.

    So a name that goes in one place and comes in another is touched: "Serbia beat Croatia" may have been turned round.
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
    """The next word is the first of a sentence or of a quotation."""
    if text.endswith(QUOTE_MARKS):
        return True
    rest = text.rstrip(OPENING)
    return not rest or (rest.endswith(SENTENCE_ENDS) and not ABBREVIATION.search(rest))


def _names_within(texts: list[str]) -> set[str]:
    """Words with a capital inside a sentence. Headlines may be in title case and tell nothing."""
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
    """Also within don't, n'est and the Arabic "and not"."""
    bare = "".join(character for character in word if not ARABIC_MARK.fullmatch(character))
    return (
        bare in negations
        or bare.endswith("n't")
        or bare.startswith("n'")
        or (bare[:1] in "وف" and bare[1:] in negations)
    )
