"""RSGI entry point of the web server: Django behind the bridge."""

import resource

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils.module_loading import import_string

import newsroom.wsgi  # first: sets Django up
from newsroom.http.rsgi_bridge import FREE_BYTES, Lane, RsgiBridge
from newsroom.http.rsgi_environ import Environ
from newsroom.record.quick_pages import quick_page


def body_allowance(environ: Environ) -> int:
    """How many bytes of body are waited for; the application gets none of a longer one."""
    request = WSGIRequest(environ)
    if request.path_info.startswith("/admin/"):
        # Who has no session can only log in, or choose a password. A made-up cookie meets the bridge's own limit.
        return settings.ADMIN_BODY_BYTES if settings.SESSION_COOKIE_NAME in request.COOKIES else FREE_BYTES
    return int(_reader_allowance(request)) if _reader_allowance else FREE_BYTES


def allow_connections(most: int) -> None:
    """Raise the limit on open files, one for each connection, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


allow_connections(16_384)
_reader_allowance = import_string(settings.DESK_BODY_ALLOWANCE_HOOK) if settings.DESK_BODY_ALLOWANCE_HOOK else None
_files, _checks = Lane("files", 2), Lane("checks", 2)
application = RsgiBridge(
    application=newsroom.wsgi.application,
    allowance=body_allowance,
    quick=quick_page,
    # Files and health checks do not wait behind requests that wait for the database.
    lanes={
        "": Lane("web", settings.WEB_THREADS),
        "static": _files,
        "media": _files,
        "healthz": _checks,
        "readyz": _checks,
    },
    overflow=Lane("overflow", 1),
)
