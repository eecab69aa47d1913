"""Editors' accounts: groups, sessions, second factor, lockout, and middleware for /admin/."""
