"""A WSGI environ from what granian tells of a request."""

from types import SimpleNamespace

from newsroom.http.rsgi_environ import declared_length, make_environ


def scope(*headers: tuple[str, str], **changes: str) -> SimpleNamespace:
    """A request as granian gives it: names in lower case, each header as often as it was sent."""
    fields = {
        "method": "GET",
        "path": "/",
        "query_string": "a=%20b",
        "http_version": "1.1",
        "server": "127.0.0.1:8000",
        "client": "[2001:db8::7]:4711",
        "scheme": "http",
        **changes,
    }
    return SimpleNamespace(**fields, headers=SimpleNamespace(items=lambda: list(headers)))


def test_a_header_with_an_underscore_is_none() -> None:
    environ = make_environ(scope(("x-forwarded-for", "192.0.2.1"), ("x_forwarded_for", "192.0.2.2")))
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert "HTTP_X_FORWARDED_FOR" not in make_environ(scope(("x_forwarded_for", "192.0.2.2")))


def test_a_header_that_comes_twice_is_a_list() -> None:
    environ = make_environ(
        scope(("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "192.0.2.2"), ("cookie", "a=1"), ("cookie", "b=2"))
    )
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"


def test_the_rest_is_as_wsgi_has_it() -> None:
    environ = make_environ(scope(("content-type", "text/plain"), ("content-length", "5"), path="/é/"))
    assert environ["REMOTE_ADDR"] == "2001:db8::7"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é/"
    assert (environ["CONTENT_TYPE"], declared_length(environ)) == ("text/plain", 5)
    assert environ["wsgi.input"].read() == b""


def test_a_length_that_is_no_number_is_none() -> None:
    assert [declared_length({"CONTENT_LENGTH": value}) for value in ("", "-1", "x", "²")] == [0, 0, 0, 0]
