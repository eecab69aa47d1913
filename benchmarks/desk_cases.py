"""The forty cases of desk_keys, made and settled in the site's environment: `python -m benchmarks.desk_cases seed`."""

import json
import sys
from collections import Counter

import django
from django.conf import settings
from django.test import Client

django.setup()

from corrections.models import Case  # noqa: E402  # models need the set-up
from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR  # noqa: E402
from newsroom.models import Article  # noqa: E402
from tests.support.desk_page import make_case, pass_the_time  # noqa: E402
from tests.support.factories import make_article, make_editor  # noqa: E402

KINDS = {
    "typo": (12, "recieve", "receive"),
    "fact": (8, "14", "15"),
    "name": (6, "Tuesday the Gazette", "Tuesday the Courier"),
    "clarity": (6, "three are closed", "three of them are closed"),
    "other": (4, "bridges", "crossings"),
}
BODY = (
    "<p>The council will recieve the report on Tuesday the Gazette says.</p>"
    "<p>It counts <strong>14</strong> bridges, of which three are closed.</p>"
)
SEVERAL = 2


def seed() -> None:
    sessions = {}
    for name, group in (("copy", COPY_EDITOR), ("standards", STANDARDS_EDITOR)):
        client = Client()
        client.force_login(make_editor(username=f"bench-{name}", group=group))
        sessions[name] = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
    several: list[Article] = [make_article(body=BODY) for _article in range(SEVERAL)]
    for article in several:
        make_case(article, "recieve", "receive", category="typo")
        make_case(article, "bridges, of", "bridges of", category="typo")
    for category, (number, old, new) in KINDS.items():
        for _case in range(number):
            make_case(make_article(body=BODY), old, new, category=category)
    print(json.dumps({"sessions": sessions, "several": [article.slug for article in several]}))


def settle() -> None:
    pass_the_time()
    print(
        json.dumps(
            Counter(Case.objects.filter(article__section="Local").values_list("state", flat=True)), sort_keys=True
        )
    )


if __name__ == "__main__":
    seed() if sys.argv[1] == "seed" else settle()
