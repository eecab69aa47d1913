"""Reader corrections: suggestions come in, are grouped into cases, and editors publish or decline them."""
