"""Readers: submit a suggestion, follow its status by a private link, answer questions, see prior reports."""
