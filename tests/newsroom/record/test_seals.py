"""Every publication carries the head of the record after it."""

import pytest
from django.test import Client

from newsroom.models import Act, Article
from tests.support.record_check import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_every_public_correction_carries_the_head_after_it(record: Article, client: Client) -> None:
    seventh = f"7:{Act.objects.get(sequence=7).hash}"
    second = f"2:{Act.objects.get(sequence=2).hash}"

    entries = client.get("/api/corrections").json()["items"]
    assert [entry["head"] for entry in entries] == [seventh, second]
    for address in ("/corrections/feed.atom", "/corrections/feed.json"):
        page = client.get(address).content.decode()
        assert seventh in page
        assert second in page
    assert seventh in client.get("/articles/bridges/revisions/3/").content.decode()
    assert breaks(seventh, second) == []
