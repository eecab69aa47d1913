"""The widget on other systems' pages: which article a page holds, what it sends, which origins may ask."""
