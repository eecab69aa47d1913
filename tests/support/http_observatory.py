"""What Mozilla's HTTP Observatory thinks of an answer: its published tests of headers, and the points of each result.

The rules of its version 1.4.8 (https://github.com/mdn/mdn-http-observatory, src/analyzer and src/grader/charts.js), as
far as a site like this one can meet them: for every page of test_headers.py it gave the same points. Its own package
is not used, since it brings 130 MB of others along and fetches lists while it is installed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

import html5lib

# What each test can give at best to a site that no browser's list of preloaded hosts names, and that needs no cookie.
FULL_MARKS = {
    "content-security-policy": ("default-src-none", 10),
    "cookies": ("none", 0),
    "cross-origin-resource-sharing": ("not-implemented", 0),
    "referrer-policy": ("private", 5),
    "strict-transport-security": ("six-months", 0),
    "subresource-integrity": ("all-from-secure-origin", 0),
    "x-content-type-options": ("nosniff", 0),
    "x-frame-options": ("by-csp", 5),
    "cross-origin-resource-policy": ("same-origin", 10),
}
SIX_MONTHS = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = {"'unsafe-inline'", "data:"}
PRIVATE = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
Result = tuple[str, int]


@dataclass(frozen=True)
class Answer:
    """An answer over TLS. The names of its headers are in small letters."""

    headers: Mapping[str, str]
    cookies: list[str]
    body: str

    @property
    def policy(self) -> dict[str, set[str]]:
        parts = (part.split() for part in self.headers.get("content-security-policy", "").split(";"))
        return {name.lower(): set(sources) for name, *sources in filter(None, parts)}


def marks(answer: Answer) -> dict[str, Result]:
    """The result of each test."""
    return {name: test(answer) for name, test in TESTS.items()}


def points(answer: Answer) -> int:
    """The score; 100 and more is an A+."""
    modifiers = [points for _result, points in marks(answer).values()]
    uncurved = 100 + sum(each for each in modifiers if each < 0)
    return 100 + sum(modifiers) if uncurved >= 90 else uncurved


def _policy(answer: Answer) -> Result:
    policy = answer.policy
    if not policy:
        return "not-implemented", -25
    everything = policy.get("default-src", {"*"})
    script, styles = policy.get("script-src", everything), policy.get("style-src", everything)
    active = set().union(*(sources for name, sources in policy.items() if name not in ("img-src", "media-src")))
    passive = policy.get("img-src", everything) | policy.get("media-src", everything)
    if script & (BROAD | UNSAFE) or policy.get("object-src", everything) & BROAD:
        return "unsafe-inline", -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return "insecure-scheme", -20
    if "'unsafe-eval'" in script | styles:
        return "unsafe-eval", -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return "insecure-scheme-in-passive-content", -10
    if styles & (BROAD | UNSAFE):
        return "unsafe-styles", 0
    return ("default-src-none", 10) if policy.get("default-src") == {"'none'"} else ("no-unsafe", 5)


def _cookies(answer: Answer) -> Result:
    if not answer.cookies:
        return "none", 0
    found = [cookie for line in answer.cookies for cookie in SimpleCookie(line).values()]
    sessions = [each for each in found if any(part in each.key.lower() for part in ("sess", "login"))]
    if any(not each["httponly"] for each in sessions):
        return "session-without-httponly", -30
    if any(not each["secure"] for each in found):
        return "without-secure", -5
    if any("csrf" in each.key.lower() and not each["samesite"] for each in found):
        return "anticsrf-without-samesite", -20
    return ("secure-with-samesite", 5) if all(each["samesite"] for each in found) else ("secure", 0)


def _sharing(answer: Answer) -> Result:
    if not answer.headers.get("access-control-allow-origin"):
        return "not-implemented", 0
    return ("universal", -50) if "access-control-allow-credentials" in answer.headers else ("public", 0)


def _referrer(answer: Answer) -> Result:
    said = [each.strip().lower() for each in answer.headers.get("referrer-policy", "").split(",")]
    if not any(said):
        return "not-implemented", 0
    return ("private", 5) if said[-1] in PRIVATE else ("unsafe", -5)


def _transport(answer: Answer) -> Result:
    parts = [part.strip().lower() for part in answer.headers.get("strict-transport-security", "").split(";")]
    ages = [int(part[8:]) for part in parts if part.startswith("max-age=")]
    if not ages:
        return "not-implemented", -20
    return ("six-months", 0) if ages[0] >= SIX_MONTHS else ("less-than-six-months", -10)


def _integrity(answer: Answer) -> Result:
    if not answer.headers.get("content-type", "").startswith(("text/html", "application/xhtml+xml")):
        return "all-from-secure-origin", 0
    sources = [
        each.get("src") or "" for each in html5lib.parse(answer.body, namespaceHTMLElements=False).iter("script")
    ]
    is_foreign = any(source.startswith(("//", "http:", "https:")) for source in sources)
    return ("external-scripts", -5) if is_foreign else ("all-from-secure-origin", 0)


def _sniffing(answer: Answer) -> Result:
    said = answer.headers.get("x-content-type-options", "")
    return ("nosniff", 0) if said.lower() == "nosniff" else ("invalid", -5)


def _frames(answer: Answer) -> Result:
    if "frame-ancestors" in answer.policy:
        return "by-csp", 5
    said = answer.headers.get("x-frame-options", "").lower()
    return ("sameorigin-or-deny", 0) if said in ("deny", "sameorigin") else ("not-implemented", -20)


def _resources(answer: Answer) -> Result:
    said = answer.headers.get("cross-origin-resource-policy", "")
    results = {"": ("not-implemented", 0), "same-origin": ("same-origin", 10), "same-site": ("same-site", 10)}
    return results.get(said, ("cross-origin", 0) if said == "cross-origin" else ("invalid", -5))


TESTS: dict[str, Callable[[Answer], Result]] = {
    "content-security-policy": _policy,
    "cookies": _cookies,
    "cross-origin-resource-sharing": _sharing,
    "referrer-policy": _referrer,
    "strict-transport-security": _transport,
    "subresource-integrity": _integrity,
    "x-content-type-options": _sniffing,
    "x-frame-options": _frames,
    "cross-origin-resource-policy": _resources,
}
