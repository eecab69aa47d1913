"""Checks the record as `manage.py verify_audit` does."""

from io import StringIO

from django.core.management import call_command

from newsroom.audit.chain import ChainPosition, kept_heads
from newsroom.audit.past_acts import Notice
from newsroom.audit.verification import Progress, record_breaks
from newsroom.management.commands.verify_audit import read_head


def verify(*heads: str) -> str:
    """What the command prints; fails when it finds a break."""
    out = StringIO()
    call_command("verify_audit", *(f"--head={head}" for head in heads), stdout=out, stderr=out)
    return out.getvalue()


def breaks(*heads: str) -> list[str]:
    """What the command would print to stderr, read inside the test's own transaction."""
    return [line for line in _lines(*heads) if not isinstance(line, Notice)]


def notices() -> list[str]:
    """What the command would print beside the breaks."""
    return [line for line in _lines() if isinstance(line, Notice)]


def _lines(*heads: str) -> list[str]:
    expected = dict(kept_heads(read_head(head) for head in heads))
    return list(record_breaks(Progress(ChainPosition(expected=expected))))
