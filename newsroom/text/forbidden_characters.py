"""Control characters are refused in every text, the desk's and readers'.

`corrections.screening.hidden_characters` also refuses invisible and bidirectional characters in what readers send.
"""

import re

# C0 and C1 controls but tab and line ends, lone surrogates, and what XML forbids: databases and feeds break on them.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class ControlCharacters(ValueError):
    """A text holds characters that cannot be shown or stored; `code_points` names each once, as in U+0007."""

    def __init__(self, code_points: list[str]) -> None:
        super().__init__(f"control characters: {', '.join(code_points)}")
        self.code_points = code_points


def refuse_control_characters(text: str) -> None:
    found = sorted(set(FORBIDDEN.findall(text)))
    if found:
        raise ControlCharacters([f"U+{ord(character):04X}" for character in found])
