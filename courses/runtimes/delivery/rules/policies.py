"""What a page of the content origin may do: its Content-Security-Policy."""

from collections.abc import Iterable, Mapping

CLOSED_PERMISSIONS = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
)

OWN = ("'self'", "data:", "blob:")
DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    "default-src": OWN,
    # Packages are written this way; the origin is foreign, so it costs us nothing.
    "script-src": (*OWN, "'unsafe-inline'", "'unsafe-eval'"),
    "style-src": (*OWN, "'unsafe-inline'"),
    # Data and blobs are made in the page itself; nothing leaves to another host.
    "connect-src": OWN,
    "base-uri": ("'self'",),
    "form-action": ("'none'",),
}


def content_policy(
    site: str, *, also: Mapping[str, Iterable[str]] | None = None, sandbox: str = ""
) -> str:
    """The header's value: everything from the content origin itself, framed by ``site`` alone.

    ``also`` adds sources to directives, for content whose editor has opted in to them.
    ``sandbox``, such as ``"allow-scripts"``, holds even where the page is opened outside of its
    frame.
    """
    wanted = {**DIRECTIVES, "frame-ancestors": ("'self'", site)}
    for directive, sources in (also or {}).items():
        wanted[directive] = (*wanted.get(directive, OWN), *sources)
    parts = [f"{directive} {' '.join(sources)}" for directive, sources in wanted.items()]
    if sandbox:
        parts.append(f"sandbox {sandbox}")
    return "; ".join(parts)
