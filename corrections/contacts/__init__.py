"""Readers' e-mail addresses (double opt-in, unsubscribe, erasure) and the outbox that their mails wait in."""
