"""Arabic: Django has no pattern for a date with the time."""
