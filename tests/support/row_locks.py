"""Row locks as the database gets them: which tables, in which order, and how strong."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

LOCK = re.compile(
    r'FROM "(?:corrections|newsroom)_(?P<table>\w+)".* FOR (?P<no_key>NO KEY )?UPDATE'
    r'(?P<of> OF "\w+")?(?P<skip> SKIP LOCKED)?$',
    re.DOTALL,
)


def locks_taken(work: Callable[[], object]) -> list[str]:
    """The tables whose rows `work` locks, each once, in the order of the first lock.

    Beside the name: `key` where rows that refer to it wait as well, `joined` where rows of joined tables are locked
    too, `skip` where rows that another transaction has locked are left out instead of waited for.
    """
    with CaptureQueriesContext(connection) as queries:
        work()
    found = [match for query in queries if (match := LOCK.search(query["sql"]))]
    return list(dict.fromkeys(_described(match) for match in found))


def _described(lock: re.Match[str]) -> str:
    is_joined = " JOIN " in lock[0] and not lock["of"]
    more = {"key": not lock["no_key"], "joined": is_joined, "skip": bool(lock["skip"])}
    return " ".join([lock["table"], *(word for word, holds in more.items() if holds)])
