"""Pages and submissions against bare Django views on the same server, database and middleware."""

import json
import urllib.request
from collections.abc import Iterator

from benchmarks.load import Request
from benchmarks.loading import page_bytes
from benchmarks.rows import Row, ratio_in_turns
from benchmarks.site import HOST, SLUG, seeded_site

WITHOUT_PICTURES = "hesper-point-lighthouse-museum"
CONNECTIONS = 4
SECONDS = 2.0


def rows() -> Iterator[Row]:
    with seeded_site() as site:

        def rate(request: Request, status: int) -> float:
            return site.measure(request, connections=CONNECTIONS, seconds=SECONDS).expect(status).per_second

        weight = page_bytes(f"http://{HOST}:{site.port}", f"/articles/{WITHOUT_PICTURES}/")
        yield Row("article_page_bytes", weight, "bytes", 25_000, "lower")
        article, bare_article = Request(f"/articles/{SLUG}/"), Request("/bare/article/")
        sent, bare_insert = submission(), Request("/bare/insert/", method="POST", body="x" * 300)
        for request, status in ((article, 200), (bare_article, 200), (sent, 202), (bare_insert, 202)):
            rate(request, status)  # warm
        value = ratio_in_turns(lambda: rate(sent, 202), lambda: rate(bare_insert, 202))
        yield Row("submission_ratio", value, "ratio", 0.6, "higher")
        value = ratio_in_turns(lambda: rate(article, 200), lambda: rate(bare_article, 200))
        yield Row("article_page_ratio", value, "ratio", 0.9, "higher")
        known = Request(article.path, headers={"If-None-Match": _etag(site.port, article.path)})
        value = ratio_in_turns(lambda: rate(known, 304), lambda: rate(bare_article, 200))
        yield Row("article_304_ratio", value, "ratio", 1.2, "higher")


def _etag(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10) as answer:
        return str(answer.headers["ETag"])


def submission() -> Request:
    body = {
        "article": SLUG,
        "revision": 1,
        "quote": {
            "field": "body",
            "exact": "seperate methods",
            "prefix": "It rests on two ",
            "suffix": ", set out in",
            "start": 100,
            "end": 116,
        },
        "replacement": "separate methods {n}",
        "note": "",
        "category": "typo",
        "evidence_url": "",
        "email": "",
    }
    headers = {"Content-Type": "application/json"}
    return Request("/api/suggestions", method="POST", headers=headers, body=json.dumps(body))
