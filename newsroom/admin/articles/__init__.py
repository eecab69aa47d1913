"""Admin of articles and pictures: changelist, draft page, forms."""
