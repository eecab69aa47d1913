"""Readers of the policy page while twelve connections try to log in under made-up names, against nobody trying."""

import re
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from benchmarks.load import Load, Request
from benchmarks.rows import Row, ratio_in_turns
from benchmarks.site import HOST, Site, seeded_site

ATTACKERS = 12
SECONDS = 4.0
NAMES = 500
POLICY = Request("/policy/")


def rows() -> Iterator[Row]:
    with seeded_site() as site, ThreadPoolExecutor(1) as beside:
        requests = _log_ins(site)
        _readers(site)  # warm

        def under_flood() -> float:
            flood = beside.submit(site.measure_all, requests, connections=ATTACKERS, seconds=SECONDS + 1)
            p95 = _readers(site).p95_ms
            statuses = flood.result().statuses
            if not set(statuses) <= {"200", "429", "503"}:
                raise RuntimeError(f"the log-ins were answered {statuses}")
            return p95

        value = ratio_in_turns(under_flood, lambda: _readers(site).p95_ms)
    yield Row("policy_under_login_flood_ratio", value, "ratio", 2, "lower")


def _readers(site: Site) -> Load:
    return site.measure(POLICY, connections=2, seconds=SECONDS).expect(200)


def _log_ins(site: Site) -> list[Request]:
    """Log-ins under names that nobody has, as a browser that opened the form sends them."""
    with urllib.request.urlopen(f"http://{HOST}:{site.port}/admin/login/", timeout=10) as page:
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[0]
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    typed = [{"csrfmiddlewaretoken": token, "username": f"nobody{each}", "password": "x" * 12} for each in range(NAMES)]
    return [Request("/admin/login/", method="POST", headers=headers, body=urlencode(each)) for each in typed]
