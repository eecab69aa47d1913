"""/metrics: the desk's figures as Prometheus reads them, for whom METRICS_ALLOW names."""

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
    # Nothing is said of it to others: not even that it is here.
    if not _may_read(request):
        raise Http404
    return HttpResponse("".join(map(_exposed, collect_gauges())), content_type=CONTENT_TYPE)


def _may_read(request: HttpRequest) -> bool:
    address = client_address(request)
    # A proxy on this machine that is not trusted would make everybody's address that of the machine itself.
    if address == request.META.get("REMOTE_ADDR") and "X-Forwarded-For" in request.headers:
        return False
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in settings.METRICS_ALLOW)


def _exposed(gauge: Gauge) -> str:
    name = f"corrigenda_{gauge.name}"
    lines = [f"# HELP {name} {gauge.help}", f"# TYPE {name} gauge"]
    for label, value in gauge.values.items():
        labels = f'{{{gauge.label}="{label}"}}' if gauge.label else ""
        lines.append(f"{name}{labels} {float(value):.15g}")
    return "\n".join(lines) + "\n"
