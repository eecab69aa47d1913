"""Management commands: seed, purge_personal_data."""
