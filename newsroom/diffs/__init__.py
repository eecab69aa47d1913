"""Diffs: compare two wordings of an article, by words. Pure."""

from newsroom.diffs.words import Piece, word_diff

__all__ = ["Piece", "word_diff"]
