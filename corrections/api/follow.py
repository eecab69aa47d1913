"""API of following an article by e-mail; docstrings appear in OpenAPI."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from corrections.abuse.rate_limits import RateLimited, count_follow
from corrections.abuse.senders import sender_hash
from corrections.api.schemas import Strict
from corrections.contacts.followers import follow_article, follower_address_error
from newsroom.api.errors import NON_FIELD, Errors, Problem
from newsroom.http.client_address import client_address
from newsroom.languages import activate_language
from newsroom.models import Article

router = Router(tags=["articles"])
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 404, 413, 415, 422, 429), Errors)


class FollowIn(Strict):
    """Where to write when the article is corrected."""

    email: str = Field(description="At most 254 characters. Written to only once its owner has confirmed it by a link.")
    website: str = Field("", description="A field that people do not see; leave it empty.")


class FollowOut(Schema):
    """The address is asked to confirm, unless it follows already, gets no mail from us or was asked often today."""

    status: str


@router.post("/{slug:slug}/follow", response={202: FollowOut, **REFUSALS}, url_name="article-follow")
def post_follow(request: HttpRequest, response: HttpResponse, slug: str, body: FollowIn) -> Status[FollowOut]:
    """Get an e-mail for each correction and retraction of an article. The answer is the same for any address.

    The address first gets one mail with a link to confirm; every later one has a link that stops them.
    """
    response["Cache-Control"] = "no-store"
    article = Article.objects.published().select_related("current").filter(slug=slug).first()
    if article is None:
        raise Http404(_("There is no published article under this address."))
    activate_language(article.language)
    if article.state == Article.State.RETRACTED:
        raise Problem(422, {"article": [_("The article was retracted, so nothing more will come about it.")]})
    address = body.email.strip()
    if error := follower_address_error(address):
        raise Problem(422, {"email": [error]})
    try:
        count_follow(sender_hash(client_address(request)))
    except RateLimited as limited:
        headers = {"Retry-After": str(limited.seconds)}
        raise Problem(429, {NON_FIELD: [limited.sentence]}, headers=headers) from None
    if not body.website:
        follow_article(article, address=address)
    return Status(202, FollowOut(status="asked"))
