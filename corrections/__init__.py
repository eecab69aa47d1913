"""The correction desk: readers suggest corrections to articles, editors decide them."""
