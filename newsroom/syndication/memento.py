"""Memento (RFC 7089): an article's address is its own TimeGate, each revision is a Memento.

Pattern 1.1: the original resource answers Accept-Datetime with a 302 to a revision's permanent address.
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
MementoTime = tuple[int, datetime]
"""The number of a revision, and when it was published."""
ArticleView = Callable[Concatenate[HttpRequest, ...], HttpResponse]


class BadDatetime(ValueError):
    """Accept-Datetime is not an RFC 1123 date."""


def timegate(view: ArticleView) -> ArticleView:
    """Decorate an article's view: redirect requests with Accept-Datetime to the revision of that time."""

    @wraps(view)
    def answer(request: HttpRequest, /, slug: str) -> HttpResponse:
        wanted = request.headers.get(REQUEST)
        response = view(request, slug=slug) if wanted is None else _redirect_to_memento(slug, wanted)
        if response.status_code in (200, 302):
            response["Link"] = _links(slug, _first_and_last(slug))
        patch_vary_headers(response, [REQUEST])
        return response

    return answer


def memento(view: ArticleView) -> ArticleView:
    """Decorate a revision's view: add Memento-Datetime and Link headers."""

    @wraps(view)
    def answer(request: HttpRequest, /, slug: str, number: int) -> HttpResponse:
        response = view(request, slug=slug, number=number)
        if response.status_code == 200:
            first, last = _first_and_last(slug)
            near = range(max(number - 1, 1), number + 2)
            shown = list(_memento_times(slug).filter(number__in=near).values_list("number", "published_at"))
            response["Memento-Datetime"] = _date(dict(shown)[number])
            response["Link"] = _links(slug, (first, *shown, last), number=number)
        return response

    return answer


def revision_at(slug: str, wanted: str) -> MementoTime:
    """The revision that was current at a time, the first one for earlier times. Raises BadDatetime, Http404."""
    moment = _read(wanted)
    moments = _memento_times(slug).values_list("number", "published_at")
    # Accept-Datetime has a resolution of seconds: a revision counts from the start of its second.
    found = moments.filter(published_at__lte=moment.replace(microsecond=999_999)).last() or moments.first()
    if found is None:
        raise Http404
    return found


def timemap(slug: str) -> str:
    """TimeMap in link format, oldest revision first. Raises Http404."""
    moments = list(_memento_times(slug).values_list("number", "published_at"))
    if not moments:
        raise Http404
    (_first, since), (last, until) = moments[0], moments[-1]
    itself = f'<{absolute("timemap", slug)}>; rel="self"; type="{LINK_FORMAT}"; '
    itself += f'from="{_date(since)}"; until="{_date(until)}"'
    links = [_link(absolute("article", slug), "original timegate"), itself]
    return ",\n".join([*links, *(_memento_link(slug, each, ends=(1, last)) for each in moments)]) + "\n"


def _redirect_to_memento(slug: str, wanted: str) -> HttpResponse:
    try:
        number, _published = revision_at(slug, wanted)
    except BadDatetime:
        sentence = _("Send Accept-Datetime as in “Thu, 31 May 2007 20:35:00 GMT”.")
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=302, headers={"Location": absolute("revision", slug, number)})


def _read(wanted: str) -> datetime:
    if not RFC1123_DATE.match(wanted):
        raise BadDatetime(wanted)
    try:
        return datetime.fromtimestamp(parse_http_date(wanted), UTC)
    except (ValueError, OverflowError) as error:
        raise BadDatetime(wanted) from error


def _memento_times(slug: str) -> RevisionQuerySet:
    return Revision.objects.public().filter(article__slug=slug).order_by("number")


def _first_and_last(slug: str) -> tuple[MementoTime, MementoTime]:
    moments = _memento_times(slug).values_list("number", "published_at")
    first, last = moments.first(), moments.last()
    if first is None or last is None:
        raise Http404
    return first, last


def _links(slug: str, moments: Iterable[MementoTime], *, number: int = 0) -> str:
    told = sorted(set(moments))
    ends = (1, told[-1][0])
    links = [
        _link(absolute("article", slug), "original timegate"),
        f'{_link(absolute("timemap", slug), "timemap")}; type="{LINK_FORMAT}"',
        *(_memento_link(slug, each, ends=ends, number=number) for each in told),
    ]
    return ", ".join(links)


def _memento_link(slug: str, moment: MementoTime, *, ends: tuple[int, int], number: int = 0) -> str:
    shown, published = moment
    places = {"first": ends[0], "last": ends[1], "prev": number - 1, "next": number + 1 if number else 0}
    relations = [name for name, place in places.items() if place == shown]
    link = _link(absolute("revision", slug, shown), " ".join([*relations, "memento"]))
    return f'{link}; datetime="{_date(published)}"'


def _link(address: str, relation: str) -> str:
    return f'<{address}>; rel="{relation}"'


def _date(moment: datetime) -> str:
    return http_date(int(moment.timestamp()))
