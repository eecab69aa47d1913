"""Screening of suggestions: risk flags, hidden characters, confusables, advertising, spelling. Pure."""
