"""The editors' desk: the case list with facets and search, the case page, and the actions on it."""
