"""Suggestions sent to the API from one network address or another."""

import json
from typing import Any

from django.test import Client

API = "/api/suggestions"


def send(client: Client, *, address: str = "192.0.2.1", key: str = "", forwarded: str = "", **changes: Any) -> Any:
    quote = {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24}
    body = {"article": "bridges", "revision": 1, "quote": quote, "replacement": "receive", "category": "typo"}
    headers = {"Idempotency-Key": key} | ({"X-Forwarded-For": forwarded} if forwarded else {})
    return client.post(
        API, json.dumps(body | changes), content_type="application/json", headers=headers, REMOTE_ADDR=address
    )
