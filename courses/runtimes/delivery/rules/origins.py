"""What makes a second origin a safe one."""

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


class OriginFault(StrEnum):
    """Why an origin is not fit to play packages."""

    UNSET = "unset"
    NOT_AN_ORIGIN = "not_an_origin"
    """Not ``scheme://host`` or ``scheme://host:port``."""
    OWN_HOST = "own_host"
    """The site's own host name: cookies do not look at the port."""
    NOT_SECURE = "not_secure"
    """http while the site is https: browsers load no such frame."""
    NOT_ALLOWED = "not_allowed"
    """Django does not answer to that host name."""
    KINDRED = "kindred"
    """A domain below the site's or above it: browsers take both for the same site."""


def host_of(origin: str) -> str:
    """What a browser sends as ``Host`` to the origin, in lower case: ``content.example:8000``."""
    parts = urlsplit(origin)
    return _shortened(parts.netloc.lower(), parts.scheme)


def is_host_of(host: str, origin: str) -> bool:
    """Whether the header ``Host`` names the origin; the scheme's own port may be written out."""
    scheme = urlsplit(origin).scheme
    return bool(origin) and _shortened(host.lower(), scheme) == host_of(origin)


def origin_faults(content: str, site: str, allowed_hosts: Sequence[str]) -> list[OriginFault]:
    """All that is wrong with the origin ``content`` beside the origin ``site``.

    ``allowed_hosts`` are patterns as in Django's setting of that name.
    """
    if not content:
        return [OriginFault.UNSET]
    own, other = urlsplit(site), _parsed(content)
    if other is None:
        return [OriginFault.NOT_AN_ORIGIN]
    scheme, host = other
    site_host = (own.hostname or "").lower()
    found = []
    if host == site_host:
        found.append(OriginFault.OWN_HOST)
    elif host.endswith(f".{site_host}") or site_host.endswith(f".{host}"):
        found.append(OriginFault.KINDRED)
    if own.scheme == "https" and scheme != "https":
        found.append(OriginFault.NOT_SECURE)
    if not any(_allows(pattern.lower(), host) for pattern in allowed_hosts):
        found.append(OriginFault.NOT_ALLOWED)
    return found


def _parsed(origin: str) -> tuple[str, str] | None:
    """Scheme and host name; ``None`` where there is more than that, or less."""
    try:
        parts = urlsplit(origin)
        _ = parts.port
    except ValueError:
        return None
    has_more = parts.path or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or has_more:
        return None
    if any(sign.isspace() or sign in ";,'\"*" for sign in origin):
        return None
    return parts.scheme, parts.hostname


def _allows(pattern: str, host: str) -> bool:
    if pattern.startswith("."):
        return host == pattern[1:] or host.endswith(pattern)
    return pattern in ("*", host, f"[{host}]")


def _shortened(host: str, scheme: str) -> str:
    return host.removesuffix(f":{DEFAULT_PORTS.get(scheme, 0)}")
