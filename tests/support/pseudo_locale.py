"""A language of its own for tests: every sentence that can be translated stands in full-width letters.

What then still reads in plain Latin letters went around the catalogues. A sentence counts as translatable when each of
our five languages would have it: from our own catalogues, which have to be complete, or from those that Django and the
packages bring along.
"""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import django
import django_otp
import pytest
import simple_history
from django.utils.translation import trans_real

from tests.support.catalogues import LANGUAGES, found_messages

SPOKEN = "de"  # whose catalogue the pseudo one stands in for
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in map(chr, range(0x21, 0x7F)) if letter.isalpha()}
# What is no language: placeholders, markup, entities, and marks that scripts replace.
KEPT = re.compile(r"(%\(\w+\)[sdf]|%[sd%]|\{\w*\}|<[^>]*>|&#?\w+;|\[\w+\])")
PACKAGES = (django.__path__[0], simple_history.__path__[0], django_otp.__path__[0])
EOT = "\x04"  # stands between the context and the sentence in compiled catalogues


def widened(text: str) -> str:
    parts = KEPT.split(text)
    return "".join(part if at % 2 else part.translate(WIDE) for at, part in enumerate(parts))


class Pseudo(trans_real.DjangoTranslation):
    """Answers from no file. Date formats stay as they are: they are no words."""

    def __init__(self) -> None:
        super().__init__(SPOKEN)
        self._known = our_sentences() | sentences_of_packages()

    def gettext(self, message: str) -> str:
        context, mark, text = message.rpartition(EOT)
        if message not in self._known:
            return message  # with its context still before it, by which Django tells that nothing was found
        return text if mark and context == "date format" else widened(text)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = msgid1 if n == 1 else msgid2
        return widened(text.rpartition(EOT)[2]) if msgid1 in self._known else text


def our_sentences() -> set[str]:
    return {_key(each.id, each.context) for each in found_messages()}


def sentences_of_packages() -> set[str]:
    """Those that all five languages have."""
    found = [set(_sentences(language)) for language in LANGUAGES]
    return set.intersection(*found)


def _sentences(language: str) -> Iterator[str]:
    for package in PACKAGES:
        for path in Path(package).rglob(f"locale/{language}/LC_MESSAGES/django.mo"):
            with path.open("rb") as file:
                catalog = GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # gettext has no other way
            for key, text in catalog.items():
                if text:
                    yield key[0] if isinstance(key, tuple) else key


def _key(ids: object, context: str | None) -> str:
    first = str(ids[0] if isinstance(ids, tuple | list) else ids)
    return f"{context}{EOT}{first}" if context else first


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> str:
    """Lets German be spoken in full-width letters."""
    monkeypatch.setitem(trans_real._translations, SPOKEN, _pseudo())  # type: ignore[attr-defined]  # not in the stubs
    return SPOKEN


_made: list[Pseudo] = []


def _pseudo() -> Pseudo:
    if not _made:
        _made.append(Pseudo())
    return _made[0]
