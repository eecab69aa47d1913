"""Text anchoring: find a quoted passage again in a later revision. Pure Python, no Django."""

from corrections.anchoring.relocation import Anchor, Status, place, relocate

__all__ = ["Anchor", "Status", "place", "relocate"]
