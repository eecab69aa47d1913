"""Another system's site with the widget in its pages, on another port and so of another origin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from newsroom.models import Source, SourceArticle
from tests.support.page_server import PageServer, response, serving
from tests.support.sources import make_source, make_source_article

BODY = (
    "<p>The council will recieve the report on Tuesday.</p>"
    "<p>It counts <strong>14</strong> bridges, of which three are closed.</p>"
)
CLOSED = (
    f"default-src 'self'; script-src 'self' {settings.SITE_URL}; connect-src {settings.SITE_URL}; style-src 'self'; "
    "object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)


@dataclass(frozen=True)
class HostSite:
    server: PageServer
    source: Source

    @property
    def origin(self) -> str:
        return self.server.origin

    def add_page(
        self, path: str, *, body: str = BODY, head: str = "", policy: str = CLOSED, page: str = "", lang: str = "en"
    ) -> str:
        """A page with the two lines pasted in; the address to open."""
        script = f'<script type="module" src="{settings.SITE_URL}/embed/v1.js" data-site="{self.source.key}"></script>'
        html = page or f'<h1>A report</h1><div class="text">{body}</div><p>The host speaks here.</p>'
        direction = ' dir="rtl"' if lang == "ar" else ""
        text = (
            f'<!doctype html><html lang="{lang}"{direction}><head><meta charset="utf-8"><title>A host</title>'
            f"{head}{script}</head><body>{html}</body></html>"
        )
        self.server.pages[path] = response(
            "200 OK", "Content-Type: text/html; charset=utf-8", f"Content-Security-Policy: {policy}", body=text.encode()
        )
        return f"{self.origin}{path}"

    def add_sheet(self, path: str, css: str) -> str:
        """The head's link to a style sheet of the host's."""
        self.server.pages[path] = response("200 OK", "Content-Type: text/css", body=css.encode())
        return f'<link rel="stylesheet" href="{path}">'

    def add_script(self, path: str, script: str) -> str:
        self.server.pages[path] = response("200 OK", "Content-Type: text/javascript", body=script.encode())
        return f'<script src="{path}"></script>'

    def add_article(self, path: str, *, body: str = BODY, **parts: str) -> SourceArticle:
        """As a look at that page stored it."""
        return make_source_article(url=f"{self.origin}{path}", source=self.source, body=body, **parts)


@contextmanager
def host_site(*, language: str = "en") -> Iterator[HostSite]:
    with serving() as server:
        source = make_source(origins=[server.origin], root=".text", headline="h1", language=language)
        yield HostSite(server, source)
