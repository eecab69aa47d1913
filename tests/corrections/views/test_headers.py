"""Pages behind a private link are neither kept nor listed, and tell no address."""

from django.http import HttpResponse

from corrections.views.headers import mark_private


def test_a_private_page_is_neither_kept_nor_listed() -> None:
    response = mark_private(HttpResponse("words", headers={"Cache-Control": "max-age=60"}))
    names = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response[name] for name in names] == ["no-store", "noindex", "no-referrer"]
    assert response.content == b"words"
