"""Refusals: what the writers of the record raise on purpose; newsroom.publishing.messages has a sentence for each."""


class Refused(Exception):
    """Base of all refusals to publish."""


class WordsWithheld(Refused):
    """The revision's text was withheld: nothing can be compared with it, or based on it."""
