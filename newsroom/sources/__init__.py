"""Articles that another system publishes: where they stand, looks at them, and what changed there."""
