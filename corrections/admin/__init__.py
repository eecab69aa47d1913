"""Admin pages of the desk. Django's autodiscover imports this package, and so registers them."""

from corrections.admin import cases

__all__ = ["cases"]
