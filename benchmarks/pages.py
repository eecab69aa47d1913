"""Pages and submissions against bare Django views on the same server, database and middleware."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import Request, measure
from benchmarks.rows import Row, ratio_in_turns
from newsroom.processes import web_program
from newsroom.supervisor import PATIENCE, Child, end
from tests.postgres import free_port, start_postgres

HOST = "127.0.0.1"
SLUG = "kelp-beds-sorrel-bay"
CONNECTIONS = 4
SECONDS = 2.0


def rows() -> Iterator[Row]:
    with _site() as port:

        def rate(request: Request, status: int) -> float:
            load = measure([request], host=HOST, port=port, connections=CONNECTIONS, seconds=SECONDS)
            return load.expect(status).per_second

        article, bare_article = Request(f"/articles/{SLUG}/"), Request("/bare/article/")
        submission, bare_insert = _submission(), Request("/bare/insert/", method="POST", body="x" * 300)
        for request, status in ((article, 200), (bare_article, 200), (submission, 202), (bare_insert, 202)):
            rate(request, status)  # warm
        value = ratio_in_turns(lambda: rate(submission, 202), lambda: rate(bare_insert, 202))
        yield Row("submission_ratio", value, "ratio", 0.6, "higher")
        value = ratio_in_turns(lambda: rate(article, 200), lambda: rate(bare_article, 200))
        yield Row("article_page_ratio", value, "ratio", 0.9, "higher")
        known = Request(article.path, headers={"If-None-Match": _etag(port, article.path)})
        value = ratio_in_turns(lambda: rate(known, 304), lambda: rate(bare_article, 200))
        yield Row("article_304_ratio", value, "ratio", 1.2, "higher")


def _etag(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10) as answer:
        return str(answer.headers["ETag"])


def _submission() -> Request:
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


@contextmanager
def _site() -> Iterator[int]:
    """The seeded site on a PostgreSQL that writes as production does, beside it the bare views; gives its port."""
    with (
        tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder,
        start_postgres(Path(folder), durable=True) as server,
    ):
        port = free_port()
        env = {
            **os.environ,
            "DATA_DIR": f"{folder}/data",
            "DATABASE_URL": server.url("postgres"),
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        for command in (["migrate", "--run-syncdb"], ["collectstatic", "--no-input"], ["seed"]):
            subprocess.run([sys.executable, "manage.py", *command], env=env, check=True, stdout=subprocess.DEVNULL)
        web = Child(web_program(host=HOST, port=port, env=env), log=Path(folder) / "web.log")
        try:
            yield from _when_up(port)
        finally:
            end([web], PATIENCE)


def _when_up(port: int) -> Iterator[int]:
    for _turn in range(100):
        try:
            measure([Request("/healthz")], host=HOST, port=port, connections=1, seconds=0.1).expect(200)
        except Exception:  # it is not up yet, for whatever reason
            continue
        yield port
        return
    raise RuntimeError("the site did not come up")
