"""Public pages, feeds, exports, sitemaps and health checks."""
