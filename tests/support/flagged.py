"""The flags of a change in a sentence."""

from corrections.screening.flags import Flag, find_flags


def flags(
    exact: str, replacement: str | None, *, language: str = "en", category: str = "typo", note: str = ""
) -> list[Flag]:
    return find_flags(
        exact, replacement, prefix="They said that ", suffix=" here.", category=category, language=language, note=note
    )
