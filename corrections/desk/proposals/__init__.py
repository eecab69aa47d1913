"""What a proposal would change, and what an amendment changed of it."""
