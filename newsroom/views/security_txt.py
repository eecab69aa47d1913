"""security.txt (RFC 9116): where to report a vulnerability."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

# RFC 9116 recommends less than a year; the date moves on with each request.
VALID = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    ends = datetime.combine(timezone.now().astimezone(UTC) + VALID, time.min, UTC)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(dict.fromkeys([settings.LANGUAGE_CODE, "en"])),
        "Canonical": settings.SITE_URL + request.path,
    }
    lines = [f"{name}: {value}\n" for name, value in fields.items()]
    response = HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response
