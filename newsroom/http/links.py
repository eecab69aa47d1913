"""Absolute URLs, built from SITE_URL: the Host header is not trusted."""

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
