"""Where a webhook may be sent: the form of its address, and which network addresses are nobody's inner rooms."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
MAX_URL = 1000
HTTPS = 443

# From the IANA registries of special-purpose addresses; Python's is_global changed its mind between patch releases.
NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # a public address at which a large cloud answers for the machine's own host
    )
)
# Everything else of IPv6 is loopback, link-local, unique-local, multicast, or holds an IPv4 address inside.
PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


class Wrong(StrEnum):
    """What is wrong with an address."""

    UNREADABLE = "unreadable"
    SCHEME = "scheme"
    PORT = "port"
    USER = "user"
    FRAGMENT = "fragment"
    UNKNOWN_HOST = "unknown host"
    INNER = "inner network"


class AddressRefused(Exception):
    """Nothing is sent to this address; `wrong` says why, `detail` names the part or the network address."""

    def __init__(self, wrong: Wrong, detail: str = "") -> None:
        super().__init__(wrong, detail)
        self.wrong, self.detail = wrong, detail


@dataclass(frozen=True, slots=True)
class Allowed:
    """The inner receivers that the operator listed: host names in lower case, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPNetwork, ...] = ()

    def lists(self, host: str) -> bool:
        address = literal(host)
        return host in self.hosts or (address is not None and self.holds(address))

    def holds(self, address: IPAddress) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in ASCII, without brackets; `path` with its query."""

    is_tls: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """For the Host header: the port is named where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (HTTPS if self.is_tls else 80) else f"{host}:{self.port}"


def read_allowed(listing: Iterable[str]) -> Allowed:
    """Host names, addresses and networks, as WEBHOOK_ALLOW lists them. Raises ValueError for a network misspelt."""
    hosts, networks = set[str](), list[IPNetwork]()
    for item in listing:
        if "/" in item or literal(item.strip("[]")):
            networks.append(ipaddress.ip_network(item.strip("[]")))
        else:
            hosts.add(item.lower())
    return Allowed(frozenset(hosts), tuple(networks))


def read_target(url: str, *, allowed: Allowed) -> Target:
    """Take an address apart. Raises AddressRefused.

    https on its usual port for all the world; what the operator listed may also speak plain http, on any port.
    """
    if len(url) > MAX_URL or "\\" in url or any(ord(each) <= 32 or ord(each) == 127 for each in url):
        raise AddressRefused(Wrong.UNREADABLE)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:
        raise AddressRefused(Wrong.UNREADABLE) from None
    if parts.scheme not in ("http", "https"):
        raise AddressRefused(Wrong.SCHEME, parts.scheme)
    if not host or "%" in host:
        raise AddressRefused(Wrong.UNREADABLE)
    if "@" in parts.netloc:
        raise AddressRefused(Wrong.USER)
    if "#" in url:
        raise AddressRefused(Wrong.FRAGMENT)
    is_tls, listed = parts.scheme == "https", allowed.lists(host)
    if not is_tls and not listed:
        raise AddressRefused(Wrong.SCHEME, parts.scheme)
    port = (HTTPS if is_tls else 80) if port is None else port
    if port == 0 or (port != HTTPS and not listed):
        raise AddressRefused(Wrong.PORT, str(port))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{quote(parts.query, safe=SAFE)}" * bool(parts.query))
    return Target(is_tls, host, port, path)


SAFE = "/%:@!$&'()*+,;=~?"


def refuse_inner(target: Target, addresses: Iterable[IPAddress], *, allowed: Allowed) -> None:
    """Raises AddressRefused when one of the addresses that the host's name stands for is not public and not listed.

    A listed name opens private networks, not what lies beside every machine: metadata services answer there.
    """
    named = target.host in allowed.hosts
    for address in addresses:
        if is_public(address) or allowed.holds(address):
            continue
        if not named or not address.is_private or address.is_link_local or address.is_unspecified:
            raise AddressRefused(Wrong.INNER, str(address))


def is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def literal(host: str) -> IPAddress | None:
    """The address that a host is when it is no name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
