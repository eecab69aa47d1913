"""Data protection: withdrawal, erasure on request, retention periods, and copies of withheld text."""
