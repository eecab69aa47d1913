"""No token of a private link gets into the log."""

import logging
import logging.config
from typing import Any

import pytest
from django.test import Client

from newsroom.operations.logging_settings import HIDDEN, LOGGING_SETTINGS, TokenFilter, without_tokens

TOKEN = "mYrGx8Ct0o1wJ-3vQzL_2kq5sTnE7bUfHd9aWcXyZ4M"


@pytest.mark.parametrize(
    "text",
    [
        f"/suggestions/{TOKEN}/",
        f"https://news.example/api/suggestions/{TOKEN}/withdraw",
        f"GET /mail/confirm/0123456789abcdef:{TOKEN}/?a=b",
        f"KeyError: '/mail/stop/{TOKEN}/'",
        f"/admin/password/7.1790000000.{TOKEN}/",
        "/suggestions/short/answer/",
        f"no address, only {TOKEN}.",
        f"key=0123:{TOKEN}",
    ],
)
def test_a_token_is_replaced(text: str) -> None:
    found = without_tokens(text)
    assert TOKEN not in found
    assert "short" not in found
    assert HIDDEN in found


@pytest.mark.parametrize(
    "text",
    [
        "/articles/kelp-beds-sorrel-bay/changes/1...2/",
        'File "/srv/corrigenda/newsroom/publishing/withholding.py", line 7, in clear_what_was_withheld_from_every_copy',
        "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",  # a head of the record
        "/suggestions/",
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert without_tokens(text) == text


def test_message_traceback_and_stack_are_filtered() -> None:
    try:
        raise ValueError(f"at /suggestions/{TOKEN}/")
    except ValueError as error:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "x.py", 1, "%s: %d", (f"/suggestions/{TOKEN}/", 7),
            (ValueError, error, error.__traceback__), sinfo=f"Stack: {TOKEN}",
        )  # fmt: skip
    assert TokenFilter().filter(record)
    line = logging.Formatter().format(record)
    assert TOKEN not in line
    assert f"/suggestions/{HIDDEN}/: 7" in line
    assert "ValueError: at /suggestions/" in line


def test_a_visitors_control_characters_make_no_line_of_the_log() -> None:
    record = logging.getLogger("x").makeRecord(
        "x", logging.ERROR, "x.py", 1, "at %s", ("/\n15:00 ERROR\x1b[31m\x9b",), None
    )
    assert TokenFilter().filter(record)
    assert record.getMessage() == r"at /\x0a15:00 ERROR\x1b[31m\x9b"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/media/../secret_key", {}),
        ("/media/..%2f..%2fsecret_key", {}),
        ("/static/..%2fsecret_key", {}),
        ("/", {"headers": {"host": "evil.example"}}),
        ("/admin/login/", {"data": {f"name{number}": "" for number in range(2_000)}}),
    ],
)
def test_what_a_visitor_wrote_leaves_no_traceback(
    client: Client, path: str, more: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    logging.config.dictConfig(LOGGING_SETTINGS)
    answer = client.post(path, **more) if "data" in more else client.get(path, **more)
    assert 400 <= answer.status_code < 500
    assert capfd.readouterr().err == ""
