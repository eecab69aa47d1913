"""Management commands, and their base class."""
