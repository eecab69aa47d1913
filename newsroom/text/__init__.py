"""Text: the canonical text of an article body, edits to it, and sanitising. Pure."""

from newsroom.text.canonical import canonical_text
from newsroom.text.splicing import NotCanonical, splice

__all__ = ["NotCanonical", "canonical_text", "splice"]
