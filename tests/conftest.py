"""The fixtures: which database a test runs on, and the running site of the browser tests."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import BrowserContext, Playwright, expect
from pytest_django.fixtures import validate_django_db
from pytest_django.plugin import DjangoDbBlocker

from newsroom.audit import head
from newsroom.operations.environment import redis_client_url
from newsroom.operations.heartbeat import QUEUE
from newsroom.record.page_cache import pages
from tests.support.chromium import find_chromium, launch_arguments
from tests.support.databases import Database, PostgresDatabases, SqliteDatabases, default_database
from tests.support.processes import Processes, Site, new_reader
from tests.support.servers import DIRECTORY, VALKEY
from tests.support.static_files import found_once
from tests.support.valkey import start_valkey

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

COMMITTING = {"transactional_db", "live_server"}
SLOW = {"page", "context", "browser", "running_site"}


def pytest_configure(config: pytest.Config) -> None:
    if "corrections" in settings.INSTALLED_APPS:  # not under tests.support.newsroom_settings
        config.pluginmanager.import_plugin("tests.support.fresh_limits")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database_vendor", ["postgresql", "sqlite"], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = {item.path for item in items if SLOW & set(getattr(item, "fixturenames", ()))}
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec") and SLOW & set(item.callspec.params):
            # Sorted behind the browser tests, such a test would leave its connection open in another context.
            raise pytest.UsageError(f"{item.nodeid}: a parameter hides one of the fixtures {sorted(SLOW)}; rename it")
    # What fails fast goes first. Files with a browser go last, whole: playwright's event loop stays to the end of a
    # process once it was started, and so does the site, which listens on the one port that a process has. Of these the
    # longest, tests/system, come first, so that two processes end at about the same time.
    paths = {item.path for item in items}
    order = {path: n for n, path in enumerate([*sorted(paths - slow), *sorted(slow, reverse=True)])}
    items.sort(key=lambda item: (order[item.path], item.location[1]))


# Pages and passwords -------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def fresh_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head, "SECONDS", 0.0)
    head.forget_head()
    pages.clear()


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest) -> None:
    """A good hash takes half a second on purpose; where nobody logs in to a running site, a quick one will do."""
    if not SLOW & set(request.fixturenames):
        request.getfixturevalue("settings").PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    with found_once():
        yield


# Databases ------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def collected_static() -> None:
    """Static files under their hashed names, without which no page can be rendered."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, collected_static: None) -> Iterator[None]:
    """After pytest-django's own: a page can be rendered, and no test flushes tables that refuse it."""
    # A test that commits has a database to itself, thrown away afterwards: see `database`.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


@pytest.fixture(scope="session")
def postgres_databases(django_db_setup: None) -> Iterator[PostgresDatabases]:
    connection.close()
    shared = str(connection.settings_dict["NAME"])
    databases = PostgresDatabases(server_url=os.environ["DATABASE_URL"], migrated=shared)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_databases(
    pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> SqliteDatabases:
    with django_db_blocker.unblock():
        return SqliteDatabases(pytestconfig.stash[DIRECTORY] / "sqlite")


@pytest.fixture(scope="session")
def shared_sqlite(sqlite_databases: SqliteDatabases) -> Database:
    """For tests that roll back."""
    return sqlite_databases.copy()


@pytest.fixture(autouse=True)
def database_vendor(request: pytest.FixtureRequest) -> str:
    """PostgreSQL, and for tests marked `both_databases` SQLite in a second run."""
    return str(getattr(request, "param", "postgresql"))


@pytest.fixture
def database(
    request: pytest.FixtureRequest, database_vendor: str, postgres_databases: PostgresDatabases
) -> Iterator[Database | None]:
    """The database that Django's default connection speaks to during this test.

    A test that rolls back shares one, a test that commits has a copy to itself, a test of the running site the site's.
    """
    if "running_site" in request.fixturenames:
        chosen, drop = request.getfixturevalue("running_site").database, None
    elif commits(request):
        databases = request.getfixturevalue(f"{'sqlite' if database_vendor == 'sqlite' else 'postgres'}_databases")
        chosen, drop = databases.copy(), databases.drop
    elif database_vendor == "sqlite":
        chosen, drop = request.getfixturevalue("shared_sqlite"), None
    else:
        yield None  # pytest-django's own, already in place
        return
    with default_database(chosen):
        yield chosen
    if drop:
        drop(chosen)


def commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(COMMITTING & set(request.fixturenames)) or (marker is not None and validate_django_db(marker)[0])


@pytest.fixture
def _django_db_helper(database: Database | None, _django_db_helper: None) -> None:
    """pytest-django's entry to the database, `database` chosen before it."""


@pytest.fixture
def committed_db(transactional_db: None, database: Database) -> Database:
    """A database of this test's own, where commits are real and other threads and processes see them."""
    return database


# Broker and processes -------------------------------------------------------------------------------------------------
class Broker:
    """The queue's server, empty at the start of a test, which may kill it and start it again."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.url = os.environ["REDIS_URL"]

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        process = self._config.stash[VALKEY].process
        process.kill()
        process.wait()

    def start(self) -> None:
        self._config.stash[VALKEY] = start_valkey(self._config.stash[DIRECTORY])

    @contextmanager
    def hung(self) -> Iterator[None]:
        """It takes connections and answers nothing, as on a machine that is out of memory."""
        process = self._config.stash[VALKEY].process
        process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            process.send_signal(signal.SIGCONT)

    def empty(self) -> None:
        with redis.Redis.from_url(redis_client_url(self.url)) as client:
            client.flushdb()

    def waiting(self) -> int:
        """Messages that no worker has taken yet."""
        with redis.Redis.from_url(redis_client_url(self.url)) as client:
            return int(client.llen(QUEUE))

    def restore(self) -> None:
        """Running and empty, whatever a test did to it."""
        if VALKEY in self._config.stash and self._config.stash[VALKEY].process.poll() is not None:
            self.start()
        self.empty()


@pytest.fixture
def broker(pytestconfig: pytest.Config) -> Iterator[Broker]:
    broker = Broker(pytestconfig)
    broker.restore()
    yield broker
    broker.restore()


@pytest.fixture
def processes(committed_db: Database, broker: Broker, tmp_path: Path) -> Iterator[Processes]:
    """Workers, beat and web server on this test's own database, ended after it."""
    processes = Processes(committed_db, logs=tmp_path / "logs")
    yield processes
    processes.stop()


# Browser --------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def running_site(
    pytestconfig: pytest.Config, postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One site for all browser tests of a process. They share its data: each makes articles and editors of its own."""
    Broker(pytestconfig).restore()
    site = Site(postgres_databases.copy(), logs=tmp_path_factory.mktemp("site"))
    try:
        site.start()
        yield site
    finally:
        site.stop()
        postgres_databases.drop(site.database)


@pytest.fixture
def site(running_site: Site, transactional_db: None) -> Site:
    """The running site; Django's models in the test read and write its database."""
    return running_site


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    # Its event loop runs in this thread, where Django would refuse to use the database; nothing here is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=20_000)  # as for a click: a busy machine is no fault
    yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": launch_arguments()}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Playwright's own, for a reader whom nobody knows yet."""
    context.set_extra_http_headers(new_reader())
    return context


@pytest.fixture(scope="session")
def base_url() -> str:
    """Playwright's own fixture: `page.goto("/articles/…/")` is enough."""
    return str(settings.SITE_URL)
