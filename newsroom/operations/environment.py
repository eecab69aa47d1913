"""Environment variables, parsed and checked; a wrong value stops the start with one line."""

import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

import environ

# Of every key, queue and channel in Redis, whose database may be shared with another program.
BROKER_PREFIX = "corrigenda:"
BROKER_SCHEMES = ("redis", "rediss", "unix", "redis+socket")
DATABASE_NUMBER, SITE = re.compile("/?[0-9]*"), re.compile(r"https?://[^/?#@\s]+/*")
POSTGRESQL = "django.db.backends.postgresql"
DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")
ADDRESS_HINT = "the form is scheme://user:password@host:port/name, with %23, %2F, %3F, %40 for #, /, ?, @ in a password"
MAIL_SCHEMES = {"smtp": 25, "smtps": 587, "smtp+tls": 587, "smtp+ssl": 465}  # default ports


class Misconfigured(SystemExit):
    """A variable is missing or wrong: exit with this line and code 1."""

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(f"error: {name} {wrong}")


class Environment:
    """Parser of the variables in the README. All methods raise Misconfigured."""

    def __init__(self, variables: Mapping[str, str], *, base: Path) -> None:
        self._variables = variables
        self._base = base

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def listing(self, name: str) -> list[str]:
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) == 0:
            raise Misconfigured(name, f"is {value!r}; a whole number from 1 is needed")
        return int(value)

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """One of `choices`; unset means the first."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise Misconfigured(name, f"is {value!r}; it can be {', '.join(choices)}")
        return value

    def data_dir(self) -> Path:
        directory = Path(self.text("DATA_DIR", str(self._base / "var"))).resolve()
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misconfigured("DATA_DIR", f"names {directory}, which cannot be made: {error.strerror}") from None
        if not os.access(directory, os.W_OK):
            raise Misconfigured("DATA_DIR", f"names {directory}, which cannot be written to")
        return directory

    def port(self) -> int:
        value = self.text("PORT", "8000")
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
            raise Misconfigured("PORT", f"is {value!r}; a number from 1 to 65535 is needed")
        return int(value)

    def host(self) -> str:
        return self.text("HOST", "127.0.0.1")

    def on_loopback(self) -> bool:
        """Whether only this machine can connect, so that demo values are safe."""
        if self.host() == "localhost":
            return True
        host = self.host().strip("[]")
        return _is_address(host) and ipaddress.ip_address(host).is_loopback

    def secret_key(self) -> str:
        if key := self.text("SECRET_KEY"):
            if len(key) < 32:
                raise Misconfigured("SECRET_KEY", "is shorter than 32 characters")
            return key
        if not self.on_loopback():
            raise Misconfigured("SECRET_KEY", f"is required when the site listens on {self.host()}")
        return load_or_create_secret(self.data_dir() / "secret_key")

    def allowed_hosts(self) -> list[str]:
        hosts = self.listing("ALLOWED_HOSTS")
        if not hosts and not self.on_loopback():
            raise Misconfigured("ALLOWED_HOSTS", f"is required when the site listens on {self.host()}")
        return hosts or ["localhost", "127.0.0.1", "[::1]"]

    def site_url(self) -> str:
        url = self.text("SITE_URL")
        if not url and not self.on_loopback():
            raise Misconfigured("SITE_URL", f"is required when the site listens on {self.host()}")
        url = url or f"http://{self.host()}:{self.port()}"
        if not SITE.fullmatch(url) or not (parts := _split(url)) or not parts.hostname:
            raise Misconfigured("SITE_URL", "cannot be read; an address like https://news.example.org is needed")
        return url.rstrip("/")

    def time_zone(self) -> str:
        zone = self.text("TIME_ZONE", "UTC")
        if zone not in available_timezones():
            raise Misconfigured("TIME_ZONE", f"is {zone!r}; a name like Europe/Kyiv is needed")
        return zone

    def database(self) -> dict[str, object]:
        """DATABASES entry of Django: DATABASE_URL, else SQLite in DATA_DIR."""
        return self._database("DATABASE_URL", f"sqlite:///{self.data_dir() / 'corrigenda.sqlite3'}")

    def database_owner(self) -> dict[str, object] | None:
        """The same for the role that owns the tables; None where it is the site's own."""
        url = self.text("DATABASE_OWNER_URL")
        if not url:
            return None
        site, owner = self.database(), self._database("DATABASE_OWNER_URL", url)
        if site["ENGINE"] != POSTGRESQL or owner["ENGINE"] != POSTGRESQL:
            raise Misconfigured("DATABASE_OWNER_URL", "goes with a DATABASE_URL of PostgreSQL only")
        if site["NAME"] != owner["NAME"]:
            raise Misconfigured("DATABASE_OWNER_URL", "names another database than DATABASE_URL")
        return None if site["USER"] == owner["USER"] else owner

    def _database(self, name: str, default: str) -> dict[str, object]:
        url = self.text(name, default)
        try:
            if urlsplit(url).scheme not in DATABASE_SCHEMES:
                raise Misconfigured(name, "must begin with postgresql:// or sqlite:///")
            config = dict(environ.Env.db_url_config(url))
        except (ValueError, KeyError):  # whose text may hold a part of the password
            raise Misconfigured(name, f"cannot be read; {ADDRESS_HINT}") from None
        if not config.get("NAME"):
            raise Misconfigured(name, "names no database, as in postgresql://user@host/corrigenda")
        return config

    def networks(self, name: str, default: str = "") -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """Addresses or networks, comma-separated."""
        try:
            return [ipaddress.ip_network(item) for item in self.listing(name) or default.split()]
        except ValueError as error:
            raise Misconfigured(name, f"cannot be read: {error}") from None

    def inner_hosts(self, name: str) -> list[str]:
        """Private hosts, addresses or networks that the guarded client may speak to."""
        listing = self.listing(name)
        for item in listing:
            try:
                if "/" in item:
                    ipaddress.ip_network(item)
            except ValueError as error:
                raise Misconfigured(name, f"cannot be read: {error}") from None
        return listing

    def redis_url(self) -> str | None:
        """URL of the broker; None for the demo's own."""
        url = self.text("REDIS_URL")
        parts = _split(url)
        if parts is None or parts.fragment or "@" in parts.path:
            raise Misconfigured("REDIS_URL", f"cannot be read; {ADDRESS_HINT}")
        if url and parts.scheme not in BROKER_SCHEMES:
            raise Misconfigured("REDIS_URL", "must begin with redis://, rediss:// or unix://")
        if parts.scheme.endswith(("redis", "rediss")) and not DATABASE_NUMBER.fullmatch(parts.path):
            raise Misconfigured("REDIS_URL", "ends with the number of a database, as in redis://host:6379/0")
        return url or None

    def email(self) -> dict[str, object]:
        """EMAIL_* settings of Django: EMAIL_URL, else files in DATA_DIR/mail."""
        url = self.text("EMAIL_URL")
        if not url:
            return {"EMAIL_BACKEND": "newsroom.operations.mail_files.FileEmailBackend"}
        try:
            if urlsplit(url).scheme not in MAIL_SCHEMES or not urlsplit(url).hostname:
                raise ValueError
            config = dict(environ.Env.email_url_config(url))
        except ValueError:
            # Not the value: it may contain a password.
            raise Misconfigured(
                "EMAIL_URL", "cannot be read; an address like smtp+tls://user:password@host:587 is needed"
            ) from None
        return config | {"EMAIL_PORT": config["EMAIL_PORT"] or MAIL_SCHEMES[urlsplit(url).scheme]}

    def mail_from(self) -> str:
        """Sender of all mails, like "The desk <desk@news.example.org>"."""
        host = urlsplit(self.site_url()).hostname or ""
        sender = self.text("MAIL_FROM", f"corrections@{host if '.' in host and not _is_address(host) else 'localhost'}")
        _name, address = parseaddr(sender)
        local, _at, domain = address.rpartition("@")
        if not local or not domain or any(ord(char) < 32 for char in sender):
            raise Misconfigured("MAIL_FROM", f"is {sender!r}; an address like desk@news.example.org is needed")
        return sender

    def security_contact(self) -> str:
        """Contact URI of security.txt: a mail address or a page."""
        contact = self.text("SECURITY_CONTACT") or parseaddr(self.mail_from())[1]
        uri = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
        parts = urlsplit(uri)
        is_page = parts.scheme == "https" and bool(parts.hostname)
        is_mail = parts.scheme == "mailto" and all(parts.path.rpartition("@"))
        if not (is_page or is_mail) or any(not "!" <= char <= "~" for char in uri):
            raise Misconfigured("SECURITY_CONTACT", f"is {contact!r}; a mail address or an https address is needed")
        return uri


def _split(url: str) -> SplitResult | None:
    """None where it is no address, or its port no number."""
    with suppress(ValueError):
        return parts if (parts := urlsplit(url)).port != 0 else None
    return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def load_or_create_secret(path: Path) -> str:
    """Secret in `path`, created on first use, readable by its owner only."""
    if not path.exists():
        try:
            # Written elsewhere and linked: a full disk leaves no half key.
            with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                with suppress(FileExistsError):  # another process created it first
                    os.link(file.name, path)
        except OSError as error:
            raise Misconfigured("DATA_DIR", f"cannot keep {path.name}: {error.strerror}") from None
    return path.read_text(encoding="ascii").strip()


def broker_url(redis_url: str) -> str:
    """Redis URL as Celery spells it: redis+socket:// for a Unix socket."""
    return redis_url.replace("unix://", "redis+socket://", 1)


def redis_client_url(redis_url: str) -> str:
    """Redis URL as redis-py spells it."""
    return redis_url.replace("redis+socket://", "unix://", 1)
