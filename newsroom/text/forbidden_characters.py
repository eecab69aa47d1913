"""Refuse control characters in all text, from editors and readers.

For readers' text `corrections.screening.hidden_characters` also refuses invisible and bidirectional characters.
"""

import re

# C0 and C1 controls except tab and line ends, lone surrogates, characters XML forbids: they break databases and feeds.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class ControlCharacters(ValueError):
    """A text contains control characters; `code_points` lists each once, as in U+0007."""

    def __init__(self, code_points: list[str]) -> None:
        super().__init__(f"control characters: {', '.join(code_points)}")
        self.code_points = code_points


def refuse_control_characters(text: str) -> None:
    found = sorted(set(FORBIDDEN.findall(text)))
    if found:
        raise ControlCharacters([f"U+{ord(character):04X}" for character in found])
