"""Time travel after RFC 7089: an article's address is its own TimeGate, and each revision is a Memento of it.

Pattern 1.1 of the RFC: the original resource answers Accept-Datetime itself, by 302 to a revision's permanent address.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import RFC1123_DATE, http_date, parse_http_date
from django.utils.translation import gettext as _

from newsroom.http.links import absolute
from newsroom.models import Revision, RevisionQuerySet

LINK_FORMAT = "application/link-format"
REQUEST = "Accept-Datetime"
Moment = tuple[int, datetime]
"""The number of a revision, and when it was published."""
ArticleView = Callable[Concatenate[HttpRequest, ...], HttpResponse]


class BadMoment(ValueError):
    """Accept-Datetime that is no date of RFC 1123."""


def timegate(view: ArticleView) -> ArticleView:
    """Let an article's page send whoever asks for another time to the revision of that time."""

    @wraps(view)
    def answer(request: HttpRequest, /, slug: str) -> HttpResponse:
        wanted = request.headers.get(REQUEST)
        response = view(request, slug=slug) if wanted is None else _sent_back(slug, wanted)
        if response.status_code in (200, 302):
            response["Link"] = _links(slug, _ends(slug))
        patch_vary_headers(response, [REQUEST])
        return response

    return answer


def memento(view: ArticleView) -> ArticleView:
    """Let a revision's page say which time it shows, and where its neighbours are."""

    @wraps(view)
    def answer(request: HttpRequest, /, slug: str, number: int) -> HttpResponse:
        response = view(request, slug=slug, number=number)
        if response.status_code == 200:
            first, last = _ends(slug)
            near = range(max(number - 1, 1), number + 2)
            shown = list(_moments(slug).filter(number__in=near).values_list("number", "published_at"))
            response["Memento-Datetime"] = _date(dict(shown)[number])
            response["Link"] = _links(slug, (first, *shown, last), number=number)
        return response

    return answer


def revision_at(slug: str, wanted: str) -> Moment:
    """The revision that stood at a moment; the first one for any moment before. Raises BadMoment, Http404."""
    moment = _read(wanted)
    moments = _moments(slug).values_list("number", "published_at")
    # Mementos are told apart by seconds, so that one stands from the beginning of its second.
    found = moments.filter(published_at__lte=moment.replace(microsecond=999_999)).last() or moments.first()
    if found is None:
        raise Http404
    return found


def timemap(slug: str) -> str:
    """Every revision of an article, in link format, oldest first. Raises Http404."""
    moments = list(_moments(slug).values_list("number", "published_at"))
    if not moments:
        raise Http404
    (_first, since), (last, until) = moments[0], moments[-1]
    itself = f'<{absolute("timemap", slug)}>; rel="self"; type="{LINK_FORMAT}"; '
    itself += f'from="{_date(since)}"; until="{_date(until)}"'
    links = [_link(absolute("article", slug), "original timegate"), itself]
    return ",\n".join([*links, *(_memento_link(slug, each, ends=(1, last)) for each in moments)]) + "\n"


def _sent_back(slug: str, wanted: str) -> HttpResponse:
    try:
        number, _published = revision_at(slug, wanted)
    except BadMoment:
        sentence = _("Send Accept-Datetime as in “Thu, 31 May 2007 20:35:00 GMT”.")
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=302, headers={"Location": absolute("revision", slug, number)})


def _read(wanted: str) -> datetime:
    if not RFC1123_DATE.match(wanted):
        raise BadMoment(wanted)
    try:
        return datetime.fromtimestamp(parse_http_date(wanted), UTC)
    except (ValueError, OverflowError) as error:
        raise BadMoment(wanted) from error


def _moments(slug: str) -> RevisionQuerySet:
    return Revision.objects.public().filter(article__slug=slug).order_by("number")


def _ends(slug: str) -> tuple[Moment, Moment]:
    moments = _moments(slug).values_list("number", "published_at")
    first, last = moments.first(), moments.last()
    if first is None or last is None:
        raise Http404
    return first, last


def _links(slug: str, moments: Iterable[Moment], *, number: int = 0) -> str:
    told = sorted(set(moments))
    ends = (1, told[-1][0])
    links = [
        _link(absolute("article", slug), "original timegate"),
        f'{_link(absolute("timemap", slug), "timemap")}; type="{LINK_FORMAT}"',
        *(_memento_link(slug, each, ends=ends, number=number) for each in told),
    ]
    return ", ".join(links)


def _memento_link(slug: str, moment: Moment, *, ends: tuple[int, int], number: int = 0) -> str:
    shown, published = moment
    places = {"first": ends[0], "last": ends[1], "prev": number - 1, "next": number + 1 if number else 0}
    relations = [name for name, place in places.items() if place == shown]
    link = _link(absolute("revision", slug, shown), " ".join([*relations, "memento"]))
    return f'{link}; datetime="{_date(published)}"'


def _link(address: str, relation: str) -> str:
    return f'<{address}>; rel="{relation}"'


def _date(moment: datetime) -> str:
    return http_date(int(moment.timestamp()))
