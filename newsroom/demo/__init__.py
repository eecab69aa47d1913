"""The demo: its accounts, its broker, and the supervisor of its processes."""
