"""Files that content names: a path inside ``content/`` or an address of another site."""

import html
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import unquote

from courses.runtimes.h5p.core.texts import address_kind, plain

COPIED = re.compile(r"^(?:\.\./){1,2}(?:.*content/)?(?:[0-9]+|editor)/(.+)$")
"""What an editor writes for a file taken over from another content: only the last part counts."""

KEYS: Mapping[str, frozenset[str]] = {
    "file": frozenset({"path", "mime", "copyright"}),
    "image": frozenset({"path", "mime", "copyright", "width", "height", "originalImage"}),
    "audio": frozenset({"path", "mime", "copyright"}),
    "video": frozenset(
        {"path", "mime", "copyright", "width", "height", "codecs", "quality", "bitrate"}
    ),
}
NUMBERS = frozenset({"width", "height", "bitrate"})
NUMBER_LIMIT = 10**9

Note = Callable[..., None]
"""``note(code, path, **details)``."""


def filter_file(
    value: Any,
    kind: str,
    extra: Collection[str],
    path: str,
    *,
    content_files: Collection[str] | None,
    copyright_of: Callable[[Any, str], Any],
    note: Note,
) -> dict[str, Any] | None:
    """One file of a field of ``kind``, or ``None`` where it names nothing that may be loaded."""
    if not isinstance(value, Mapping):
        return None
    address = clean_address(value.get("path"), path, content_files=content_files, note=note)
    if address is None:
        return None
    cleaned: dict[str, Any] = {"path": address}
    for key in value:
        if key == "path" or key not in KEYS[kind] | set(extra):
            if key != "path":
                note("unknown_key", path, key=str(key)[:80])
            continue
        found = _part(value[key], key, path, copyright_of)
        if found is not None:
            cleaned[key] = found
    return cleaned


def clean_address(
    value: Any, path: str, *, content_files: Collection[str] | None, note: Note
) -> str | None:
    """The address of a file, escaped as H5P core does, or ``None``."""
    if not isinstance(value, str) or not value.strip():
        return None
    address = html.unescape(value.strip().removesuffix("#tmp"))
    copied = COPIED.match(address)
    if copied:
        address = copied[1]
    kind = address_kind(address)
    if kind == "relative" and _leads_outside(address):
        kind = "unsafe"
    if kind == "unsafe":
        note("unsafe_address", path, address=address[:200])
        return None
    if kind == "external":
        note("external_address", path, address=address[:500])
    elif content_files is not None and address.partition("?")[0] not in content_files:
        note("missing_content_file", path, address=address[:200])
    return plain(address)


def _part(value: Any, key: str, path: str, copyright_of: Callable[[Any, str], Any]) -> Any:
    if key in NUMBERS:
        return _whole(value)
    if key == "copyright":
        return copyright_of(value, f"{path}.copyright")
    if key == "quality":
        return _quality(value)
    return escaped(value)


def _quality(value: Any) -> dict[str, Any] | None:
    """A video's quality is ``{"level": 0, "label": "720p"}``."""
    if not isinstance(value, Mapping) or "level" not in value or "label" not in value:
        return None
    return {"level": _whole(value["level"]) or 0, "label": plain(str(value["label"]))}


def escaped(value: Any, depth: int = 0) -> Any:
    """Any small value with each text in it made plain; nested at most four levels."""
    if isinstance(value, str):
        return plain(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth == 4:
        return None
    if isinstance(value, Mapping):
        return {plain(str(key)): escaped(one, depth + 1) for key, one in value.items()}
    return [escaped(one, depth + 1) for one in value] if isinstance(value, list) else None


def _whole(value: Any) -> int | None:
    try:
        number = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return max(-NUMBER_LIMIT, min(NUMBER_LIMIT, number))


def _leads_outside(address: str) -> bool:
    """Whether a browser would leave ``content/``: it decodes ``%2e%2e`` before it goes up."""
    decoded = unquote(unquote(address)).replace("\\", "/")
    return decoded.startswith("/") or ".." in decoded.split("/") or "\0" in decoded
