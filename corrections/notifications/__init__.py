"""Notifications: an editor is told of what others did with their work, and of work that others lay before them."""
