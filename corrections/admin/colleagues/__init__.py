"""Pages of the desk on which editors meet each other's words: internal notes and notifications."""
