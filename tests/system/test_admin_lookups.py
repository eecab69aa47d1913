"""What anybody may write into the address of a list."""

import pytest

from newsroom.admin.lookups import MAX_SEARCH
from newsroom.models import Article
from tests.support.desk_page import Desk
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("length", "is_found"), [(MAX_SEARCH - len("nowhere"), False), (MAX_SEARCH, True)])
def test_a_search_is_read_up_to_a_hundred_and_twenty_characters(length: int, is_found: bool) -> None:
    article = make_article()
    words = article.slug.ljust(length) + "nowhere" * 1000
    page = Desk().client.get("/admin/newsroom/article/", {"q": words})
    assert list(page.context["cl"].result_list) == ([Article.objects.get()] if is_found else [])
