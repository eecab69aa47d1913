"""Template tags of newsroom."""
