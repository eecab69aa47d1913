"""Write the public note of a change from its old and new words: pure, with the house's sentences passed in."""
