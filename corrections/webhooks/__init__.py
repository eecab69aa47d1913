"""Webhooks: what happened at the desk, told to other systems and chat rooms."""
