"""Publishes cases of a crowded article and of a quiet one in turn: what `benchmarks.publishing` runs."""

import json
import sys
from time import perf_counter

from django.test import Client

from benchmarks.filling import copy_rows
from corrections.models import Case
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import make_article

OPEN, TURNS, WARM = 1000, 9, 2
WRONG, RIGHT = "recieve", "receive"
PLENTY = "The council said that it had counted the bridges and the ferries, as it does each year. " * 4


def main() -> None:
    """Print the seconds for the crowded and for the quiet article, pair by pair, as JSON."""
    desk = Desk(group=DESK_CHIEF)
    desk.client = Client(SERVER_NAME="localhost")
    desk.client.force_login(desk.editor, backend="django.contrib.auth.backends.ModelBackend")
    crowded, quiet = _article(), _article()
    other = make_case(crowded, "The council said", "The council says", category="clarity")
    copy_rows(other, {"id": "1000000 + n"}, OPEN - 1)
    pairs = [[_seconds(desk, article, turn) for article in (crowded, quiet)] for turn in range(WARM + TURNS)]
    json.dump(pairs[WARM:], sys.stdout)


def _article() -> Article:
    paragraphs = (f"<p>They {WRONG} letter {turn} today. {PLENTY}</p>" for turn in range(WARM + TURNS))
    return make_article(body="".join(paragraphs))


def _seconds(desk: Desk, article: Article, turn: int) -> float:
    """From the press of the button to the published revision, less the ten seconds in which it can be undone."""
    case = make_case(article, f"{WRONG} letter {turn}", f"{RIGHT} letter {turn}")
    page, desk.waits = desk.open(case), False
    started = perf_counter()
    desk.send(page, "publish", kind="typo")
    pass_the_time()
    seconds = perf_counter() - started
    if Case.objects.get(pk=case.pk).state != Case.State.PUBLISHED:
        raise RuntimeError("the case was not published")
    return seconds
