"""/metrics in the Prometheus text format, for the networks in METRICS_ALLOW."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corrections.statistics.gauges import Gauge, collect_gauges
from newsroom.http.client_address import client_address

# https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    # 404 instead of 403 hides that the endpoint exists.
    if not _may_read(request):
        raise Http404
    return HttpResponse("".join(map(_expose, collect_gauges())), content_type=CONTENT_TYPE)


def _may_read(request: HttpRequest) -> bool:
    address = client_address(request)
    # Behind an untrusted local proxy every client would have this machine's address.
    if address == request.META.get("REMOTE_ADDR") and "X-Forwarded-For" in request.headers:
        return False
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in settings.METRICS_ALLOW)


def _expose(gauge: Gauge) -> str:
    name = f"corrigenda_{gauge.name}"
    lines = [f"# HELP {name} {gauge.help}", f"# TYPE {name} gauge"]
    for label, value in gauge.values.items():
        labels = f'{{{gauge.label}="{label}"}}' if gauge.label else ""
        lines.append(f"{name}{labels} {float(value):.15g}")
    return "\n".join(lines) + "\n"
