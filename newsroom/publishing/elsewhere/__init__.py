"""Decisions about articles that another system publishes: handed over, and carried out once they are seen there."""
