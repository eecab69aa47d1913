"""Read API (django-ninja): articles, revisions, corrections; error format and strict JSON for the whole API."""
