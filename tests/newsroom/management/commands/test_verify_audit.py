"""manage.py verify_audit: what it prints and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from newsroom.models import Article
from tests.support import tampering as attackers
from tests.support.databases import Database
from tests.support.record_check import verify

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_command_ends_with_1_and_a_line_for_each_break(committed_db: Database, record: Article) -> None:
    with attackers.guards_dropped():
        attackers.delete()
    out, told = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", f"--head=2:{'b' * 64}", stdout=out, stderr=told)

    assert ended.value.code == 1
    assert out.getvalue() == ""
    assert [line.split(":")[0] for line in told.getvalue().splitlines()] == ["head 2", "act 4"]


def test_a_record_without_an_act_is_whole(committed_db: Database) -> None:
    assert "0 acts, 0 revisions" in verify()


@pytest.mark.parametrize("given", ["7", "7:abc", "x:" + "a" * 64])
def test_what_is_no_head_is_refused_in_one_line(record: Article, given: str) -> None:
    with pytest.raises(CommandError, match="is no head"):
        call_command("verify_audit", f"--head={given}")
