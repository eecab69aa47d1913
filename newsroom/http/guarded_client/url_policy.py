"""SSRF policy for URLs: allowed schemes and ports, and public IP addresses only."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
MAX_URL = 1000
HTTP, HTTPS = 80, 443
SAFE = "/%:@!$&'()*+,;=~?"  # stays as it is written

# IANA special-purpose address registries; Python's is_global differs between patch releases.
NON_PUBLIC_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's platform services, on a public address
    )
)
# The rest of IPv6 is loopback, link-local, unique-local, multicast or embeds an IPv4 address.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
NON_PUBLIC_IPV6 = tuple(
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


class UrlProblem(StrEnum):
    """Why a URL is refused; stored with the attempt."""

    UNREADABLE = "unreadable"
    SCHEME = "scheme"
    PORT = "port"
    USER = "user"
    FRAGMENT = "fragment"
    UNKNOWN_HOST = "unknown host"
    PRIVATE_ADDRESS = "inner network"


class UrlRefused(Exception):
    """Nobody is spoken to at this URL; `problem` says why, `detail` names the part or the IP address."""

    def __init__(self, problem: UrlProblem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail


@dataclass(frozen=True, slots=True)
class Allowlist:
    """Private hosts from WEBHOOK_ALLOW or SOURCE_ALLOW: lower-case names, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPNetwork, ...] = ()

    def lists(self, host: str) -> bool:
        address = ip_literal(host)
        return host in self.hosts or (address is not None and self.contains(address))

    def contains(self, address: IPAddress) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed URL: `host` in ASCII (IDNA) without brackets, `path` with its query."""

    is_tls: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header; the port only where it is not the scheme's default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (HTTPS if self.is_tls else HTTP) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"http{'s' * self.is_tls}://{self.authority}{self.path}"


def parse_allowlist(listing: Iterable[str]) -> Allowlist:
    """Host names, IP addresses and networks, as WEBHOOK_ALLOW lists them. Raises ValueError for an invalid network."""
    hosts, networks = set[str](), list[IPNetwork]()
    for item in listing:
        if "/" in item or ip_literal(item.strip("[]")):
            networks.append(ipaddress.ip_network(item.strip("[]")))
        else:
            hosts.add(item.lower())
    return Allowlist(frozenset(hosts), tuple(networks))


def parse_url(url: str, *, allowed: Allowlist, plain_http: bool = False, port_any: bool = False) -> Target:
    """Parse and check a URL; http and ports of one's own are for allowed hosts, or by leave. Raises UrlRefused."""
    if len(url) > MAX_URL or "\\" in url or any(ord(each) <= 32 or ord(each) == 127 for each in url):
        raise UrlRefused(UrlProblem.UNREADABLE)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:
        raise UrlRefused(UrlProblem.UNREADABLE) from None
    if parts.scheme not in ("http", "https"):
        raise UrlRefused(UrlProblem.SCHEME, parts.scheme)
    if not host or "%" in host:
        raise UrlRefused(UrlProblem.UNREADABLE)
    if "@" in parts.netloc:
        raise UrlRefused(UrlProblem.USER)
    if "#" in url:
        raise UrlRefused(UrlProblem.FRAGMENT)
    is_tls, listed = parts.scheme == "https", allowed.lists(host)
    if not (is_tls or listed or plain_http):
        raise UrlRefused(UrlProblem.SCHEME, parts.scheme)
    own = HTTPS if is_tls else HTTP
    port = own if port is None else port
    if port == 0 or not (port == own or listed or port_any):
        raise UrlRefused(UrlProblem.PORT, str(port))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{quote(parts.query, safe=SAFE)}" * bool(parts.query))
    return Target(is_tls, host, port, path)


def refuse_private(target: Target, addresses: Iterable[IPAddress], *, allowed: Allowlist) -> None:
    """Raises UrlRefused when one of the host's IP addresses is neither public nor allowed.

    An allowed host name opens private networks, but not link-local ones, where cloud metadata services answer.
    """
    named = target.host in allowed.hosts
    for address in addresses:
        if is_public(address) or allowed.contains(address):
            continue
        if not named or not address.is_private or address.is_link_local or address.is_unspecified:
            raise UrlRefused(UrlProblem.PRIVATE_ADDRESS, str(address))


def is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in NON_PUBLIC_IPV4)
    return address in PUBLIC_IPV6 and not any(address in network for network in NON_PUBLIC_IPV6)


def ip_literal(host: str) -> IPAddress | None:
    """The host as an IP address; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
