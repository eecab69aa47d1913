"""Who is at work on what just now: kept in Redis alone, for seconds."""
