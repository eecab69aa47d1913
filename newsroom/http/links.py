"""Public addresses, which come from the settings alone, never from the request."""

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
