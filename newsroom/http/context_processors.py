"""Template context processor: the site's name and address, and the desk's invitation to correct."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | None]:
    """The site's name and its public address, which comes from the settings alone, never from the request."""
    # Django's pages of logging in and out put the host under the first of these names.
    names = {"site_name": settings.SITE_NAME, "newspaper": settings.SITE_NAME, "site_url": settings.SITE_URL}
    return {**names, "invitation_template": settings.DESK_INVITATION_TEMPLATE}
