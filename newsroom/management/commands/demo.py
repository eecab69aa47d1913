"""Sets everything up and runs it in one terminal: broker, database, articles, accounts, web server, worker and beat."""

import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseError
from django.db import connection

from newsroom.demo.accounts import Account, make_accounts
from newsroom.demo.processes import PROJECT, beat_program, web_program, worker_program
from newsroom.demo.supervisor import Child, Supervisor
from newsroom.demo.valkey import NoBroker, NotReady, prepare_valkey, start_broker
from newsroom.management.plain import PlainCommand
from newsroom.operations.environment import redis_client_url
from newsroom.operations.lockfile import AlreadyRunning, lock_data_dir

FIRST_PAGE_SECONDS = 60
ASKED_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # where a site that listens everywhere is found


class NotPossible(Exception):
    """The demo cannot start; the message says why in one line."""


class Command(PlainCommand):
    help = "Sets everything up and runs the site, the worker and the beat until Ctrl-C."
    requires_system_checks = ()  # `make lint` runs them; here they would only delay the first page

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with suppress(KeyboardInterrupt), lock_data_dir(settings.DATA_DIR):
                refuse_taken_port(settings.HOST, settings.PORT)
                self.run()
        except AlreadyRunning:
            sys.exit(f"error: a demo is already running on {settings.DATA_DIR}; choose another with DATA_DIR=…")
        except (NotPossible, NoBroker, NotReady, CommandError, DatabaseError, OSError) as error:
            # One line, whatever the database's client makes of it.
            sys.exit(f"error: {' '.join(str(error).split())}")

    def run(self) -> None:
        with ExitStack() as afterwards, Supervisor(self.say) as supervisor:
            redis_url = self.provide_broker(supervisor, afterwards)
            accounts = self.set_up()
            self.start_site(supervisor, redis_url)
            self.greet(accounts)
            supervisor.run()

    def say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def provide_broker(self, supervisor: Supervisor, afterwards: ExitStack) -> str:
        """REDIS_URL of the environment, or that of a broker of our own."""
        self.stdout.write("Corrigenda is starting")
        if settings.REDIS_URL:
            refuse_silent_broker(settings.REDIS_URL)
            self.say("broker: the one that REDIS_URL names")
            return str(settings.REDIS_URL)
        valkey = prepare_valkey(settings.DATA_DIR)
        afterwards.callback(valkey.tidy)
        start_broker(valkey, supervisor)
        self.say(f"broker: a Valkey of our own, its queue kept in {settings.DATA_DIR / 'valkey'}")
        return valkey.url

    def set_up(self) -> Mapping[Account, str | None]:
        """Tables, accounts, articles; the static files meanwhile, for they need no database."""
        with static_files_collected():
            call_command("migrate", interactive=False, verbosity=0)
            self.say(f"database: {connection.display_name}, {settings.DATABASES['default']['NAME']}")
            accounts = make_accounts(settings.DATA_DIR)
            call_command("seed", stdout=(told := StringIO()))
            self.say(f"articles: {told.getvalue().strip()}")
            connection.close()
        return accounts

    def start_site(self, supervisor: Supervisor, redis_url: str) -> None:
        """The three processes; the first page answers when this returns."""
        env = {**os.environ, "REDIS_URL": redis_url, "DATA_DIR": str(settings.DATA_DIR)}
        web = supervisor.start(web_program(host=settings.HOST, port=settings.PORT, env=env))
        wait_for_first_page(web)
        # Only now: beside the web server they would delay the first page, and nothing waits for them yet.
        supervisor.start(worker_program(concurrency=2, env=env))  # one to triage while another is slow
        supervisor.start(beat_program(schedule=settings.DATA_DIR / "celerybeat-schedule", env=env))
        self.say("web server, worker and beat: started")

    def greet(self, accounts: Mapping[Account, str | None]) -> None:
        lines = ["", f"Read     {settings.SITE_URL}/", f"Desk     {settings.SITE_URL}/admin/", ""]
        for account, password in accounts.items():
            lines.append(f"{account.group:17}{account.username:11}{password or '(its password was not made here)'}")
        self.stdout.write("\n".join([*lines, "", "Ctrl-C ends everything."]))
        self.stdout.flush()


@contextmanager
def static_files_collected() -> Iterator[None]:
    """Collect the static files while the block runs, in a process: a thread would take turns with the block."""
    argv = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"]
    collecting = subprocess.Popen(argv, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603  # our own
    try:
        yield
        _output, errors = collecting.communicate()
    finally:
        collecting.kill()
        collecting.wait()
    if collecting.returncode:  # one file names another that is not there, or the disk is full
        reason = errors.strip().rpartition("\n")[2].rpartition("Error: ")[2]
        raise NotPossible(f"the static files cannot be collected: {reason}")


def refuse_taken_port(host: str, port: int) -> None:
    """Try the port: the web server itself would share it with another of its kind and say nothing."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        in_use = (
            "is already in use" if error.errno == errno.EADDRINUSE else f"cannot be used on {host}: {error.strerror}"
        )
        raise NotPossible(f"port {port} {in_use}; choose another with PORT=…") from None


def refuse_silent_broker(redis_url: str) -> None:
    try:
        with redis.Redis.from_url(redis_client_url(redis_url), socket_connect_timeout=3, socket_timeout=3) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise NotPossible(f"REDIS_URL names a broker that does not answer: {error}") from None


def wait_for_first_page(web: Child) -> None:
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while not first_page_answers():
        if web.ended():
            raise NotPossible(f"the web server ended ({web.exit()}) before it answered")
        if time.monotonic() > deadline:
            raise NotPossible(f"the first page did not answer within {FIRST_PAGE_SECONDS} s")
        time.sleep(0.05)


def first_page_answers() -> bool:
    host = ASKED_AT.get(settings.HOST, settings.HOST)
    page = http.client.HTTPConnection(host, settings.PORT, timeout=10)
    try:
        page.request("GET", "/", headers={"Host": urlsplit(settings.SITE_URL).netloc})
        return page.getresponse().status < 500
    except OSError:
        return False
    finally:
        page.close()
