"""Template context processor: the site's name and address, the desk's invitation to correct and its link to follow."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | None]:
    """The site's name and public URL, from settings: the Host header is not trusted."""
    # Django's log-in pages set `site_name` to the host; templates use `newspaper`.
    names = {"site_name": settings.SITE_NAME, "newspaper": settings.SITE_NAME, "site_url": settings.SITE_URL}
    return {
        **names,
        "invitation_template": settings.DESK_INVITATION_TEMPLATE,
        "follow_template": settings.DESK_FOLLOW_TEMPLATE,
        "header_template": settings.DESK_HEADER_TEMPLATE,
        "article_template": settings.DESK_ARTICLE_TEMPLATE,
        "tools_template": settings.DESK_TOOLS_TEMPLATE,
    }
