"""What a withheld text said that is public nowhere else in its article, to be found in copies."""

import re
from dataclasses import dataclass
from functools import cached_property

from newsroom.diffs.note_check import WORD, plain

QUOTED = re.compile('“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|"([^"]+)"|「([^」]+)」|‘([^’]+)’')


@dataclass(frozen=True)
class WithheldText:
    """Text of a withheld revision, and the article's other public texts."""

    words: tuple[str, ...]
    public: tuple[str, ...]

    def stood_only_here(self, passage: str) -> bool:
        """Whether a passage was in the withheld text and is in no other public text of the article."""
        return bool(passage) and any(passage in text for text in self.words) and not self._is_public(passage)

    def is_copied_in(self, text: str) -> bool:
        """Whether a text contains a paragraph that was public in the withheld text only."""
        paragraphs = (paragraph for words in self.words for paragraph in words.split("\n\n"))
        return any(paragraph in text and not self._is_public(paragraph) for paragraph in paragraphs if paragraph)

    def is_told_in(self, note: str, *, known: str = "") -> bool:
        """Whether a note quotes or uses words that were public in the withheld text only; `known`: public elsewhere."""
        if (_words(note) & self._only_here) - _words(known):
            return True
        quoted = ("".join(groups).strip() for groups in QUOTED.findall(note))
        return any(self.stood_only_here(passage) and passage not in known for passage in quoted)

    @cached_property
    def _only_here(self) -> frozenset[str]:
        return _words("\n".join(self.words)) - _words("\n".join(self.public))

    def _is_public(self, passage: str) -> bool:
        return any(passage in text for text in self.public)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(plain(text)))
