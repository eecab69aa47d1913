"""An editor's way in: their home, and the jump to an article or a case."""
