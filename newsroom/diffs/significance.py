"""Detect changes that affect meaning: numbers, names, links, quotations, negations."""

import re
from enum import StrEnum
from html.parser import HTMLParser
from unicodedata import digit

from newsroom.diffs.dates import dates_differ
from newsroom.diffs.names import (
    LOOK_BACK,
    WORD,
    Usage,
    is_headline_word,
    is_name,
    is_title_case,
    read_usage,
)
from newsroom.diffs.words import MAX_CHANGE_LENGTH, Piece, common_prefix, word_diff
from newsroom.text.canonical import Wording
from newsroom.text.html_layout import Layout, run_at
from newsroom.text.html_reader import read

NUMBER = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,:/٫٬]\d+)*(?:\s?[%‰٪])?|[¼-¾⅐-⅞$¢£¥€₤₪₴₹₺₽]")
CLOSING = {"“": "”", "«": "»", "»": "«", "„": "“”", '"': '"', "「": "」", "『": "』"}
OPENING_MARK = re.compile(f"[{''.join(CLOSING)}]")
CLOSING_MARK = {opening: re.compile(f"[{closing}\n]") for opening, closing in CLOSING.items()}
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

    Errs towards false positives: a second look costs less than a wrong name. So most German nouns count as names. Days
    and months count as numbers.
    """
    found = set()
    layouts = read(old.body), read(new.body)
    if _links(layouts[0]) != _links(layouts[1]):
        found.add(SignificantChange.LINK)
    if _block_quotations(layouts[0]) != _block_quotations(layouts[1]):
        found.add(SignificantChange.QUOTATION)
    before, after = _texts(old, layouts[0]), _texts(new, layouts[1])
    changed = [_changed_lines(*pair) for pair in zip(before, after, strict=True)]
    if max(len(text) for pair in changed for text in pair) > MAX_CHANGE_LENGTH:
        return frozenset(SignificantChange)  # too long to be compared by word: anything may be touched
    base = language.lower().split("-")[0]
    usage = read_usage(changed, after, language=base)
    in_title_case = base != "de" and is_title_case(before[0]) and is_title_case(after[0])
    for (old_text, new_text), is_title in zip(changed, (in_title_case, False, False, False), strict=True):
        found |= _text_changes(old_text, new_text, usage=usage, is_title=is_title)
    return frozenset(found)


def _texts(wording: Wording, layout: Layout) -> list[str]:
    # The comma keeps the first word of a byline, a name, from counting as the start of a sentence.
    return [wording.headline, f", {wording.byline}", wording.standfirst, layout.text]


def _changed_lines(old: str, new: str) -> tuple[str, str]:
    """Without the whole lines that both begin and end with: nothing that counts here goes beyond a line."""
    head = old.rfind("\n", 0, common_prefix(old, new)) + 1
    old, new = old[head:], new[head:]
    same = common_prefix(old[::-1], new[::-1])
    tail = old.find("\n", len(old) - same)
    return (old, new) if tail < 0 else (old[:tail], new[: len(new) - len(old) + tail])


def _text_changes(old: str, new: str, *, usage: Usage, is_title: bool) -> set[SignificantChange]:
    changes = word_diff(old, new)
    found = set()
    if _numbers(old) != _numbers(new) or dates_differ(WORD.findall(old), WORD.findall(new), usage.language):
        found.add(SignificantChange.NUMBER)
    if _quotations(old) != _quotations(new):
        found.add(SignificantChange.QUOTATION)
    gone, come = (_names(changes, op, usage) for op in ("delete", "insert"))
    if is_title:
        gone, come = _without_common(gone, changes, "insert", usage), _without_common(come, changes, "delete", usage)
    if gone != come:
        found.add(SignificantChange.NAME)
    if _negations(changes, "delete", usage.language) != _negations(changes, "insert", usage.language):
        found.add(SignificantChange.NEGATION)
    return found


def _numbers(text: str) -> list[str]:
    """Numbers of any script in ASCII digits, with sign and per cent; currency signs; fractions."""
    return ["".join(map(_plain_digit, "".join(numeral.split()))) for numeral in NUMBER.findall(text)]


def _plain_digit(character: str) -> str:
    return str(digit(character)) if character.isdecimal() else character


def _quotations(text: str) -> list[str]:
    """What stands between two marks on one line."""
    found, at = list[str](), 0
    unclosed: dict[str, int] = {}  # where the line ends in which no mark closes this one
    while opening := OPENING_MARK.search(text, at):
        at = opening.end()
        if unclosed.get(opening[0], 0) > at:
            continue
        closing = CLOSING_MARK[opening[0]].search(text, at)
        if closing is None or closing[0] == "\n":
            unclosed[opening[0]] = closing.start() if closing else len(text)
        else:
            found.append(text[at : closing.start()])
            at = closing.end()
    return found


def _block_quotations(layout: Layout) -> list[str]:
    return [
        layout.text[flow.at : flow.until]
        for flow in layout.flows
        if (parent := run_at(layout, flow.at).parent) and any(e.name == "blockquote" for e in parent.chain())
    ]


def link_targets(html: str) -> list[str | None]:
    return _links(read(html))


def _links(layout: Layout) -> list[str | None]:
    tags = (layout.html[each.start : each.inner] for each in layout.elements if each.name == "a")
    return _LinkReader("".join(tags)).targets


class _LinkReader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets.append(dict(attrs).get("href"))


def _names(changes: list[Piece], op: str, usage: Usage) -> list[tuple[int, str]]:
    """Names among the deleted or inserted words, each with the number of its change.

    The number makes swapped names differ: "Serbia beat Croatia" against "Croatia beat Serbia".
    """
    before, found, place = "", list[tuple[int, str]](), 0
    for piece in changes:
        place += piece.op == "equal"
        if piece.op == op:
            for match in WORD.finditer(piece.text):
                if is_name(match[0], before + piece.text[max(0, match.start() - LOOK_BACK) : match.start()], usage):
                    found.append((place, match[0]))
        if piece.op in (op, "equal"):
            before = (before + piece.text)[-LOOK_BACK:]
    return found


def _without_common(
    names: list[tuple[int, str]], changes: list[Piece], other_op: str, usage: Usage
) -> list[tuple[int, str]]:
    """Of a headline in title case; what took a word's place may tell that it is a slip in a common one."""
    others, place = dict[int, set[str]](), 0
    for piece in changes:
        place += piece.op == "equal"
        if piece.op == other_op:
            others.setdefault(place, set()).update(WORD.findall(piece.text))
    return [(at, name) for at, name in names if not is_headline_word(name, others.get(at, set()), usage)]


def _negations(changes: list[Piece], op: str, language: str) -> int:
    words = (word for piece in changes if piece.op == op for word in WORD.findall(piece.text.lower()))
    lists = [NEGATIONS[language]] if language in NEGATIONS else NEGATIONS.values()
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
