"""Jobs: what becomes of work that raises, so that one row never keeps the others waiting."""
