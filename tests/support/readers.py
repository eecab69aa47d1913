"""Cases of readers whose e-mail addresses are confirmed."""

from typing import Any

from corrections.models import Case
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from tests.support.mailbox import ADA, make_reader


def case_of_reader(article: Article, *sent: Any, email: str = ADA) -> Case:
    case = triage_suggestion(make_reader(article, *sent, email=email).pk)
    assert case
    return case
