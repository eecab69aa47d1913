"""Bodies that no form of ours sends, at each address that takes one: the right code and a sentence, never a 500."""

import gzip
import json
import zlib
from typing import Any

import brotli
import pytest
from django.test import Client

from corrections.models import Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
API = "/api/suggestions"
DOORS = ("", "/{token}/answer", "/{token}/credit", "/{token}/email", "/{token}/withdraw", "/{token}/erase")
QUOTE = {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24}
SOUND: dict[str, Any] = {
    "article": "bridges",
    "revision": 1,
    "quote": QUOTE,
    "replacement": "receive",
    "category": "typo",
    "note": "n",
    "evidence_url": "https://example.org/",
    "email": "ada@example.org",
    "name": "Ada",
    "credit": False,
    "stamp": "",
    "website": "",
    "pow": "",
}
TEXT = json.dumps(SOUND)
# What is no JSON object in plain UTF-8, each with a word of the sentence that says so.
NO_OBJECTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "JSON"),
    "a form": (b"article=bridges&note=x", "JSON"),
    "cut off": (TEXT[:-1].encode(), "JSON"),
    "two objects": (b"{}{}", "JSON"),
    "a list": (f"[{TEXT}]".encode(), "object"),
    "a text": (b'"text"', "object"),
    "null": (b"null", "object"),
    "UTF-16": (TEXT.encode("utf-16"), "byte order mark"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "JSON"),
    "UTF-16 the other way round": (TEXT.encode("utf-16-be"), "JSON"),
    "UTF-32": (TEXT.encode("utf-32"), "byte order mark"),
    "a byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), "byte order mark"),
    "Latin-1": (b'{"note": "caf\xe9"}', "UTF-8"),
    "overlong UTF-8": (b'{"note": "\xc0\xae"}', "UTF-8"),
    "surrogates in UTF-8": (b'{"note": "\xed\xa0\x80"}', "UTF-8"),
    "a lone surrogate": (rb'{"note": "\ud83d"}', "U+D83D"),
    "surrogates the wrong way round": (rb'{"note": "\udc4d\ud83d"}', "U+DC4D"),
    "a lone surrogate as a name": (rb'{"\ud83d": 1}', "U+D83D"),
    "a name twice": (b'{"note": "a", "note": "b"}', "twice"),
    "a name twice inside": (b'{"quote": {"start": 1, "start": 2}}', "twice"),
    "a giant integer": (b'{"revision": %s}' % (b"9" * 5000), "digits"),
    "a giant negative integer": (b'{"revision": -%s}' % (b"9" * 5000), "digits"),
    "NaN": (b'{"revision": NaN}', "NaN"),
    "infinity": (b'{"revision": -Infinity}', "Infinity"),
    "deep objects": (b'{"a":' * 9000 + b"1" + b"}" * 9000, "deep"),
    "deep lists": (b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}", "deep"),
    "a raw line feed": (b'{"note": "a\nb"}', "JSON"),
    "a raw NUL": (b'{"note": "a\0b"}', "JSON"),
    "comments": (b'{/* x */ "note": "a"}', "JSON"),
    "single quotes": (b"{'note': 'a'}", "JSON"),
}
COMPRESSED = {
    "gzip": gzip.compress(TEXT.encode()),
    "deflate": zlib.compress(TEXT.encode()),
    "br": brotli.compress(TEXT.encode()),
    "gzip, gzip": gzip.compress(gzip.compress(b" " * 3_000_000)),
    "nonsense": TEXT.encode(),
}
WRONG: list[Any] = [None, 7, -1, 0, 1.5, 10**14, True, "x", "", [], ["x"], {}, {"x": "y"}, [[[[]]]]]


@pytest.fixture(autouse=True)
def article() -> Article:
    return make_article(slug="bridges")


@pytest.fixture
def doors(article: Article) -> list[str]:
    token = status_token(make_suggestion(article, name="Ada").pk)
    return [API + door.format(token=token) for door in DOORS]


def send(client: Client, door: str, raw: bytes, **headers: str) -> Any:
    content_type = headers.pop("content_type", "application/json")
    return client.post(door, raw, content_type=content_type, headers=headers)


def sentence_of(answer: Any) -> str:
    [(field, [sentence])] = answer.json()["errors"].items()
    assert field == "_"
    assert sentence.endswith(".")
    return str(sentence)


@pytest.mark.parametrize("kind", NO_OBJECTS)
def test_what_is_no_object_of_json_is_refused_at_every_door(kind: str, client: Client, doors: list[str]) -> None:
    raw, word = NO_OBJECTS[kind]
    for door in doors:
        if not raw and door.endswith(("withdraw", "erase")):
            continue  # these need no body
        answer = send(client, door, raw)
        assert answer.status_code == 400, door
        assert word in sentence_of(answer), door
    assert Suggestion.objects.get().name == "Ada"


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_compressed_bodies_are_refused_unread(encoding: str, client: Client, doors: list[str]) -> None:
    for door in doors:
        answer = send(client, door, COMPRESSED[encoding], **{"Content-Encoding": encoding})
        assert answer.status_code == 415, door
        assert "content encoding" in sentence_of(answer)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", ""],
)
def test_bodies_that_call_themselves_something_else_are_refused(
    content_type: str, client: Client, doors: list[str]
) -> None:
    for door in doors:
        answer = send(client, door, TEXT.encode(), content_type=content_type)
        assert answer.status_code == 415, door
        assert "application/json" in sentence_of(answer)


def test_three_megabytes_are_refused_unread_by_the_api(client: Client, doors: list[str]) -> None:
    for raw in (json.dumps(SOUND | {"note": "x" * 3_000_000}).encode(), b"[" * 3_000_000, b" " * 3_000_000):
        for door in doors:
            answer = send(client, door, raw)
            assert answer.status_code == 413, door
            assert "64 KiB" in sentence_of(answer)


@pytest.mark.parametrize("name", [*SOUND, *(f"quote.{name}" for name in QUOTE)])
def test_a_value_of_the_wrong_type_is_refused_under_its_name(name: str, client: Client) -> None:
    part = name.removeprefix("quote.")
    sound = (QUOTE if "." in name else SOUND)[part]
    for value in WRONG:
        body = SOUND | ({"quote": QUOTE | {part: value}} if "." in name else {name: value})
        answer = send(client, API, json.dumps(body).encode())
        if type(value) is type(sound) or (value is None and name in ("replacement", "quote")):
            assert answer.status_code in (202, 404, 422, 429), (value, answer.content)
            continue
        assert answer.status_code == 422, (value, answer.content)
        named = next(iter(answer.json()["errors"]))
        assert named == name or named.startswith(f"{name}."), (value, named)
        assert all(sentence.endswith(".") for sentences in answer.json()["errors"].values() for sentence in sentences)


UNREADABLE = {
    "no name for its charset": (b"exact=recieve", "application/x-www-form-urlencoded; charset=utf-7"),
    "no boundary": (b"no parts", "multipart/form-data"),
    "thousands of fields": (
        b"&".join(b"x%d=1" % number for number in range(3000)),
        "application/x-www-form-urlencoded",
    ),
    "six megabytes": (b"note=" + b"x" * 6_000_000, "application/x-www-form-urlencoded"),
}
ODD = {
    "no UTF-8": (b"exact=%ff%fe&replacement=%00", "application/x-www-form-urlencoded"),
    "surrogates": (b"exact=" + b"%ed%a0%80" * 5, "application/x-www-form-urlencoded"),
    "a part cut off": (
        b"--x\r\nContent-Disposition: form-data; name=exact\r\n\r\nrecieve",
        "multipart/form-data; boundary=x",
    ),
    "a file": (
        b"--x\r\nContent-Disposition: form-data; name=exact; filename=a\r\n\r\nb\r\n--x--",
        "multipart/form-data; boundary=x",
    ),
    "an unknown charset": (b"exact=recieve", "application/x-www-form-urlencoded; charset=no-such-thing"),
}


@pytest.fixture
def forms(doors: list[str]) -> list[str]:
    """The readers' pages that take what somebody typed."""
    pages = [door.replace("/api", "") + "/" for door in doors if door.endswith(("answer", "credit"))]
    return ["/articles/bridges/suggest/", "/articles/bridges/follow/", *pages, pages[0].replace("answer", "mail")]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_form_that_cannot_be_read_is_answered_in_a_sentence(kind: str, client: Client, forms: list[str]) -> None:
    raw, content_type = UNREADABLE[kind]
    for page in forms:
        answer = client.generic("POST", page, raw, content_type=content_type)
        assert answer.status_code == (413 if kind == "six megabytes" else 400), page
        assert "Please go back, shorten it, and send it again." in answer.content.decode(), page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"CONTENT_TYPE": "application/json"}, 415),
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"HTTP_CONTENT_ENCODING": "gzip"}, 415),
        ({"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}, 411),
        ({"CONTENT_LENGTH": "3000000"}, 413),
    ],
)
def test_a_form_is_refused_by_its_headers_alone(
    headers: dict[str, Any], status: int, client: Client, forms: list[str]
) -> None:
    for page in forms:
        answer = client.generic("POST", page, b"name=Bob", "application/x-www-form-urlencoded", **headers)
        assert answer.status_code == status, page
        assert "Please go back, shorten it, and send it again." in answer.content.decode(), page
    assert Suggestion.objects.get().name == "Ada"


@pytest.mark.parametrize("kind", ODD)
def test_a_form_that_no_browser_sends_lacks_what_it_does_not_say(kind: str, client: Client, forms: list[str]) -> None:
    raw, content_type = ODD[kind]
    for page in forms:
        answer = client.generic("POST", page, raw, content_type=content_type)
        # An empty name is a reader who does not want to be named any more, and nobody has asked anything.
        expected = 303 if page.endswith("/credit/") else 422
        assert answer.status_code == expected, page
    assert Suggestion.objects.count() == 1


def test_a_request_for_a_host_that_is_not_ours_is_answered_in_a_sentence(client: Client) -> None:
    page = client.get("/articles/bridges/", headers={"Host": "evil.example"})
    assert (page.status_code, "evil" in page.content.decode()) == (400, False)
    answer = client.get("/api/articles", headers={"Host": "evil.example"})
    assert (answer.status_code, sentence_of(answer)) == (400, "The request could not be read. Check its headers.")
