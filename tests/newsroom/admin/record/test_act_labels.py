"""Every deed of the newsroom has its words."""

import pytest
from django.utils.translation import override

from newsroom.admin.record.act_labels import ACT_LABELS
from newsroom.audit.log import PUBLISH


@pytest.mark.parametrize(("verb", "words"), [(PUBLISH, "published a version"), ("withhold", "withheld words")])
def test_a_deed_is_told_in_words(verb: str, words: str) -> None:
    with override("en"):
        assert str(ACT_LABELS[verb]) == words


def test_no_two_deeds_are_told_alike() -> None:
    with override("en"):
        assert len({str(words) for words in ACT_LABELS.values()}) == len(ACT_LABELS)
