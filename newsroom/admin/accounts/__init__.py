"""Admin of editors and groups, log-in, profile and second factor."""
