"""Anchoring: find a marked passage again in a later text. Pure."""

from corrections.anchoring.relocation import Anchor, Status, place, relocate

__all__ = ["Anchor", "Status", "place", "relocate"]
