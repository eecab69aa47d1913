"""Protection from floods and spam: rate limits, proof of work, quarantine, and limits on request bodies."""
