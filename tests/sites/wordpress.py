"""A real WordPress on 127.0.0.1, in a folder of its own: SQLite, its own default theme, PHP's own web server."""

import base64
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sites.provision import FILES, KEPT
from tests.support.postgres import free_port
from tests.support.waiting import wait_until

PHP = Path(__file__).parent / "php"
SINGLE = "wp-content/themes/twentytwentyfour/templates/single.html"
WORKERS = 3  # a page that asks its own site for something waits for nobody
EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Post:
    """What WordPress answers of a post."""

    id: int
    link: str
    status: str


class WordPress:
    """A running site; `publish` and `change` go through its REST API, as an editor's own programs would."""

    def __init__(self, folder: Path, port: int, password: str) -> None:
        self.folder, self.port = folder, port
        self._credentials = base64.b64encode(f"{EDITOR}:{password}".encode()).decode()
        self._template = (folder / SINGLE).read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def publish(self, title: str, content: str, **fields: Any) -> Post:
        return self._post("/wp-json/wp/v2/posts", {"title": title, "content": content, "status": "publish", **fields})

    def change(self, post: Post, **fields: Any) -> Post:
        return self._post(f"/wp-json/wp/v2/posts/{post.id}", fields)

    def paste(self, line: str) -> None:
        """Put markup into the theme's template of a post, below the text, as its editor for templates does."""
        below = '<!-- wp:template-part {"slug":"footer"'
        assert below in self._template
        pasted = self._template.replace(below, f"<!-- wp:html -->{line}<!-- /wp:html -->\n{below}", 1)
        (self.folder / SINGLE).write_text(pasted, encoding="utf-8")

    def set_policy(self, policy: str) -> None:
        """The Content-Security-Policy of every page; none if empty."""
        path = self.folder / "wp-content/mu-plugins/policy.txt"
        path.write_text(policy) if policy else path.unlink(missing_ok=True)

    def _post(self, path: str, fields: dict[str, Any]) -> Post:
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {self._credentials}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, json.dumps(fields), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status in (200, 201), told
        return Post(id=told["id"], link=told["link"], status=told["status"])


@contextmanager
def running_wordpress(folder: Path) -> Iterator[WordPress]:
    """From the archive to a site that answers, in about two seconds."""
    port = free_port()
    _lay_out(folder, url=f"http://127.0.0.1:{port}")
    with (folder.parent / "php.log").open("wb") as log:
        site = WordPress(folder, port, _install(folder))
        server = subprocess.Popen(
            ["php", "-S", f"127.0.0.1:{port}", "-t", folder, PHP / "router.php"],
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": str(WORKERS)},
            stdout=log,
            stderr=log,
            start_new_session=True,  # its workers are ended with it
        )
    try:
        wait_until(lambda: server.poll() is not None or _answers(port), seconds=60)
        assert server.poll() is None, (folder.parent / "php.log").read_text()
        yield site
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _lay_out(folder: Path, *, url: str) -> None:
    wordpress, sqlite = (KEPT / Path(name).name for name in FILES)
    with zipfile.ZipFile(wordpress) as archive:
        archive.extractall(folder)
    content, plugins = folder / "wp-content", folder / "wp-content/plugins"
    for left in (content / "database").glob(".ht*"):
        left.unlink()  # the archive's own site
    with zipfile.ZipFile(sqlite) as archive:
        archive.extractall(plugins)
    drop_in = (plugins / "sqlite-database-integration-main").rename(plugins / "sqlite-database-integration")
    shutil.copy(drop_in / "db.copy", content / "db.php")
    (content / "mu-plugins").mkdir()
    shutil.copy(PHP / "test-site.php", content / "mu-plugins")
    settings = (PHP / "wp-config.php").read_text().replace("{url}", url).replace("{secret}", secrets.token_hex(16))
    (folder / "wp-config.php").write_text(settings)


def _install(folder: Path) -> str:
    done = subprocess.run(["php", PHP / "install.php", folder], capture_output=True, text=True, check=False)
    password = re.search(r"^password: (\w+)$", done.stdout, re.MULTILINE)
    assert password, done.stdout + done.stderr
    return password[1]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/wp-json/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
