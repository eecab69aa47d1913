"""Triage: place a received suggestion in the current revision, match it to a case, and rank the queue."""
