"""Internal notes: what editors write to each other about a case or an article, with mentions of colleagues."""
