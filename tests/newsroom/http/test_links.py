"""Public addresses come from the settings alone."""

from typing import Any

from newsroom.http.links import absolute


def test_an_address_stands_on_the_sites_own(settings: Any) -> None:
    settings.SITE_URL = "https://gull.example"

    assert absolute("article", "bridges") == "https://gull.example/articles/bridges/"
    assert absolute("revision", "bridges", 2) == "https://gull.example/articles/bridges/revisions/2/"
