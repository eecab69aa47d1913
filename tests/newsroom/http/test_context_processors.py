"""What every template knows of the site comes from the settings alone."""

from typing import Any

from django.test import RequestFactory

from newsroom.http.context_processors import site


def test_the_sites_name_and_address_come_from_the_settings(settings: Any) -> None:
    settings.SITE_NAME, settings.SITE_URL = "The Gull", "https://gull.example"
    for place in ("INVITATION", "FOLLOW", "HEADER", "ARTICLE", "TOOLS"):
        setattr(settings, f"DESK_{place}_TEMPLATE", None)

    assert site(RequestFactory().get("/", headers={"Host": "evil.example"})) == {
        "site_name": "The Gull",
        "newspaper": "The Gull",
        "site_url": "https://gull.example",
        "invitation_template": None,
        "follow_template": None,
        "header_template": None,
        "article_template": None,
        "tools_template": None,
    }
