"""Text: canonical text of an article body, edits to its HTML, sanitising. No Django, no models."""

from newsroom.text.canonical import canonical_text
from newsroom.text.splicing import NotCanonical, splice

__all__ = ["NotCanonical", "canonical_text", "splice"]
