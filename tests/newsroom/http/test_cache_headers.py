"""What says nothing of itself is kept by nobody."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.http.cache_headers import cache_control_middleware


@pytest.mark.parametrize(("said", "told"), [({}, "no-store"), ({"Cache-Control": "public"}, "public")])
def test_an_answer_without_the_header_is_not_to_be_kept(said: dict[str, str], told: str, rf: RequestFactory) -> None:
    answer = cache_control_middleware(lambda _request: HttpResponse("words", headers=said))(rf.get("/"))
    assert answer.headers["Cache-Control"] == told
