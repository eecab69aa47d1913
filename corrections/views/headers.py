"""Response headers of pages behind a private link (capability URL)."""

from django.http import HttpResponse


def mark_private(response: HttpResponse) -> HttpResponse:
    """No caching, no indexing, no Referer with the secret URL."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
