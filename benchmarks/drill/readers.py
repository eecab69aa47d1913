"""Readers who mark words in articles and do not give up, as the dialog in the page keeps what they wrote."""

import http.client
import json
import random
import threading
import time
import uuid
from typing import Any

from benchmarks.drill.journal import Answer, Journal
from benchmarks.load import FORWARDED, address_of

HOST = "127.0.0.1"
TIMEOUT = 15.0  # seconds for one answer
PATIENCE = 90.0  # seconds within which a second try must have healed whatever went wrong
LONGEST_PAUSE = 4.0
# Characters of a text in which readers find mistakes; what the editors of the drill add stands behind them.
FIRST = 1200


class Reader(threading.Thread):
    """Sends until told to stop; every tenth suggestion goes out a second time under the same key."""

    def __init__(self, port: int, journal: Journal, stop: threading.Event, *, seed: str, pause: float) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._journal = journal
        self._stopped = stop
        self._random = random.Random(seed)
        self._pause = pause

    def run(self) -> None:
        while not self._stopped.is_set():
            slug = self._open_page()
            if slug and (body := self._suggestion(slug)):
                self._send(body)
            time.sleep(self._random.uniform(0.3, 1.7) * self._pause)

    def _open_page(self) -> str:
        listing = self._read("/api/articles")
        slug = str(self._random.choice(listing["items"])["slug"]) if listing else ""
        for entry in (self._read("/api/corrections") or {"items": []})["items"][:1]:
            self._journal.note_head(str(entry["head"]))
        return slug

    def _suggestion(self, slug: str) -> dict[str, Any] | None:
        self._read(f"/articles/{slug}/")  # the page itself; its text comes more easily from the API
        article = self._read(f"/api/articles/{slug}")
        if not article:
            return None
        text: str = article["text"]
        start = text.index(" ", self._random.randrange(min(FIRST, len(text) // 2))) + 1
        end = next((at for at in range(start + 1, len(text)) if not text[at].isalpha()), len(text))
        quote: dict[str, str | int] = {
            "field": "body",
            "exact": text[start:end],
            "prefix": text[max(0, start - 32) : start],
            "suffix": text[end : end + 32],
            "start": start,
            "end": end,
        }
        if not (exact := text[start:end]).strip():
            return None
        word = f"{exact}{self._random.choice('abcdefgh')}"
        return {
            "article": slug,
            "revision": article["revision"],
            "quote": quote,
            "replacement": word,
            "note": "",
            "category": "typo",
            "evidence_url": "",
            "email": "",
        }

    def _send(self, body: dict[str, Any]) -> None:
        key = str(uuid.UUID(int=self._random.getrandbits(128)))
        self._journal.note_sent(key, body["replacement"])
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, FORWARDED: address_of(key)}
        content = json.dumps(body)
        again = self._random.random() < 0.1
        if self._until_accepted(content, headers, key) and again:
            self._journal.count("sent twice")
            self._until_accepted(content, headers, key)

    def _until_accepted(self, content: str, headers: dict[str, str], key: str) -> bool:
        began, pause, failed = time.monotonic(), 0.5, False
        while time.monotonic() - began < PATIENCE:
            at = time.time()
            status, answer = self._ask("POST", "/api/suggestions", content, headers)
            self._journal.note_post(Answer(at, time.time() - at, status))
            if status == 202:
                self._journal.acknowledge(key, answer["id"])
                if failed:
                    self._journal.note_healed("a suggestion", time.monotonic() - began)
                return True
            failed = failed or status >= 500
            if 400 <= status < 500 and status not in (408, 409, 429):
                self._journal.break_promise(f"a sound suggestion was refused with {status}: {answer}")
                return False
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self._journal.break_promise(f"a suggestion was not taken within {PATIENCE:.0f} s of trying")
        return False

    def _read(self, path: str) -> Any:
        """What stands there; a page that fails must come when it is loaded again."""
        began, failed = time.monotonic(), False
        while time.monotonic() - began < PATIENCE:
            status, answer = self._ask("GET", path, None, {})
            failed = failed or status >= 500
            if status in (200, 404):
                if failed:
                    self._journal.note_healed("a page", time.monotonic() - began)
                return answer if status == 200 else None
            self._journal.count(f"pages {status or 'none'}")
            time.sleep(0.5)
        self._journal.break_promise(f"{path} did not come within {PATIENCE:.0f} s")
        return None

    def _ask(self, method: str, path: str, content: str | None, headers: dict[str, str]) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=TIMEOUT)
        try:
            connection.request(method, path, content.encode() if content else None, headers)
            answer = connection.getresponse()
            body = answer.read()
            return answer.status, json.loads(body) if body.startswith(b"{") else {}
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()
