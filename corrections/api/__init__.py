"""JSON API of the desk (django-ninja): suggestions, passages and reports."""
