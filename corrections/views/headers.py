"""What every page behind a private link tells browsers, proxies and search engines."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps it, lists it, or sends its address along with a click."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
