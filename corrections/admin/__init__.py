"""Admin pages of the desk. The import registers them, since autodiscover imports only this package."""

from corrections.admin import cases

__all__ = ["cases"]
