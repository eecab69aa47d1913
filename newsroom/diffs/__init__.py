"""Diffs: compare two wordings of an article, word by word. No Django, no models."""

from newsroom.diffs.words import Piece, word_diff

__all__ = ["Piece", "word_diff"]
