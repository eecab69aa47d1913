"""The headers of static files."""

from newsroom.http.static_headers import add_headers


def test_a_file_opened_by_itself_runs_nothing_and_is_embedded_by_no_other_site() -> None:
    headers = {"Cache-Control": "max-age=60"}
    add_headers(headers, "/srv/static/bridge.svg", "/static/bridge.svg")

    assert headers == {
        "Cache-Control": "max-age=60",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
