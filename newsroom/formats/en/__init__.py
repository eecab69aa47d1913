"""English: the day before the month, by name, so that nobody mixes them up; a clock of 24 hours."""
