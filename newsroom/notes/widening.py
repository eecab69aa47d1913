"""Widen a change to whole words, and by those beside it without which it says nothing."""

import re
from dataclasses import dataclass

from newsroom.diffs.names import Usage, is_name
from newsroom.diffs.note_check import WEAK
from newsroom.diffs.words import CJK

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NUMERIC = re.compile(r"[\W\d]*\d[\W\d]*")
# What parts tokens that no space parts: dashes, quotation marks, brackets. A hyphen joins.
PARTING = '—–―…"“”„‟‘‚«»‹›()[]{}¿¡'
STOPS = ".,;:!?،؛؟"
TOKEN = rf"[^\s{re.escape(PARTING)}{CJK}]"
PLAIN = rf"[^\s{re.escape(PARTING + STOPS)}{CJK}]"  # of a word with its marks, as in عامًا
LAST_TOKEN = re.compile(rf"(?<!{TOKEN}){TOKEN}+$")
TOKEN_CHARACTER = re.compile(TOKEN)
FIRST_TOKEN = re.compile(f"{TOKEN}+")
UNIT = re.compile(rf"[ \xa0\u202f](?:(?:per|por|pour|pro)[ \xa0])?([^\W\d_]{PLAIN}*)")
NEXT_WORD = re.compile(rf"[,;:،؛]?[^\S\n]+[{re.escape(PARTING)}]*{PLAIN}+")
LAST_WORD = re.compile(rf"(?<!{PLAIN}){PLAIN}+[,;:،؛]?[^\S\n]+$")
CAPITALISED = re.compile(rf"[ \xa0]([^\W\d_]{PLAIN}*)")
CAPITALISED_LAST = re.compile(rf"(?<!{PLAIN})([^\W\d_]{PLAIN}*)[ \xa0]$")
BRACKETS = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«", "“": "„", "’": "‘", "›": "‹"}
# Words that do not follow a number as what it counts.
SMALL_WORDS = (
    "of to in on at by as or is it a an von zu im am an als à au aux de du en ou y e o al el la le un une "
    "з із і й та у в на до о об за від من و أو إلى على"
)
NO_UNITS = WEAK | frozenset(SMALL_WORDS.split())
FEW = 2  # words that, removed or added, are told with those around them


@dataclass(frozen=True, slots=True)
class Change:
    """Raw old and new text, with the unchanged text of its line on both sides."""

    before: str
    old: str
    new: str
    after: str


def whole_tokens(change: Change) -> Change:
    """A half word becomes the whole one: "67" of "67-year-old" and the 5 of "5 %" take along what they stand in."""
    left, right = LAST_TOKEN.search(change.before), FIRST_TOKEN.match(change.after)
    head = left[0] if left and all(_is_token(text[:1]) for text in (change.old, change.new) if text) else ""
    tail = right[0] if right and all(_is_token(text[-1:]) for text in (change.old, change.new) if text) else ""
    if not (re.search(r"\w\.$", head) and tail[:1] == "."):  # "U.S."
        tail = tail.rstrip(STOPS)
        tail = "" if tail[:1] in STOPS and not tail[1:2].isalnum() else tail
    if not tail and (percent := re.match(r"[ \xa0\u202f]?[%‰٪°€$£]", change.after)):
        tail = percent[0]
    return _widened(change, len(head), len(tail))


def _is_token(character: str) -> bool:
    return TOKEN_CHARACTER.fullmatch(character) is not None


def with_unit(change: Change) -> Change:
    if not any(text.strip()[-1:].isdecimal() for text in (change.old, change.new)):
        return change
    unit = UNIT.match(change.after)
    if unit and unit[1].casefold() not in NO_UNITS:
        return _widened(change, 0, unit.end())
    if max(len(change.old.strip()), len(change.new.strip())) > 3 or not NUMERIC.fullmatch(change.old):
        return change  # a year, a time, a sum, a day
    last = LAST_WORD.search(change.before)
    return _widened(change, len(last[0]) if last else 0, 0)


def with_names(change: Change, language: str) -> Change:
    """With first and last names beside it."""
    usage = Usage(language, frozenset(), frozenset())
    for _ in range(FEW):
        last, following = CAPITALISED_LAST.search(change.before), CAPITALISED.match(change.after)
        head = len(last[0]) if last and is_name(last[1], change.before[: last.start()], usage) else 0
        tail = following.end() if following and following[1][0].isupper() else 0
        change = _widened(change, head, tail)
    return change


def says_little(change: Change) -> bool:
    """Whether one side has no word that means something, or a few words only came or only went."""
    sides = [WORD.findall(text) for text in (change.old, change.new)]
    if all(sides):
        return any(all(len(word) < 3 or word.casefold() in NO_UNITS for word in words) for words in sides)
    return len(sides[0] + sides[1]) <= FEW


def with_neighbours(change: Change) -> Change:
    last, following = LAST_WORD.search(change.before.rstrip(" ") + " "), NEXT_WORD.match(f" {change.after.lstrip(' ')}")
    if not last and not following:
        return change
    # The blank beside the change may belong to it or to the text around it.
    tail = following.end() - 1 + len(change.after) - len(change.after.lstrip(" ")) if following else 0
    head = len(last[0]) - 1 + len(change.before) - len(change.before.rstrip(" ")) if last else 0
    return _widened(change, head, max(0, tail))


def _widened(change: Change, head: int, tail: int) -> Change:
    before, left = change.before[: len(change.before) - head], change.before[len(change.before) - head :]
    right, after = change.after[:tail], change.after[tail:]
    return Change(before, left + change.old + right, left + change.new + right, after)


def trimmed(change: Change) -> tuple[str, str]:
    """Without punctuation around, unless that is what changed."""
    old, new = _stripped(change.old), _stripped(change.new)
    return (old, new) if old != new else (change.old.strip(), change.new.strip())


def _stripped(text: str) -> str:
    while text and (text[-1].isspace() or _is_loose_end(text)):
        text = text[:-1]
    while text and (text[0].isspace() or text[0] in STOPS + "—–―" or _is_loose_start(text)):
        text = text[1:]
    return text


def _is_loose_end(text: str) -> bool:
    if text[-1] == ".":
        return not re.search(r"\w\.\w+\.$", text)  # the last of "U.S." stays
    if text[-1] in BRACKETS:
        return BRACKETS[text[-1]] not in text[:-1]
    return text[-1] in STOPS + PARTING + "-"


def _is_loose_start(text: str) -> bool:
    closing = [closer for closer, opener in BRACKETS.items() if opener == text[0]]
    if closing:
        return not any(closer in text[1:] for closer in closing)
    return text[0] in PARTING
