"""The archive as the reader sees it, and how a name of the manifest finds its file in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol
from urllib.parse import unquote


class Files(Protocol):
    """An unpacked archive, or a zip.

    Names are relative, with ``/``; folders are not among them. ``open`` may raise ``OSError`` or
    ``KeyError``.
    """

    def names(self) -> Iterable[str]: ...

    def size(self, name: str) -> int: ...

    def open(self, name: str) -> BinaryIO: ...


class Found:
    """The names of an archive, to be found as hrefs write them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.exact = {name for name in names if not name.endswith("/")}
        self._alike = {_folded(name): name for name in sorted(self.exact, reverse=True)}

    def find(self, path: str) -> tuple[str, bool] | None:
        """The archive's name for ``path``, and whether it is written exactly so there.

        ``path`` is tried as it is, then percent-decoded, then without regard to case and Unicode
        form, as packages made on Windows and macOS need it.
        """
        candidates = (path, unquote(path))
        for candidate in candidates:
            if candidate in self.exact:
                return candidate, True
        for candidate in candidates:
            if name := self._alike.get(_folded(candidate)):
                return name, False
        return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_outside(href: str) -> bool:
    """Whether ``href`` is an address of its own: another site, a script, a drive of Windows."""
    text = href.strip()
    return bool(_SCHEME.match(text)) or text.startswith(("//", "\\\\"))


def resolved(bases: Iterable[str], href: str) -> Iterator[str]:
    """The paths that ``href`` may mean against its ``xml:base``s, outermost first, likeliest first.

    A base names a folder by its last slash; many packages forget that slash. Nothing that leaves
    the archive comes out, and neither query nor fragment.
    """
    paths = [split_href(base)[0] for base in bases if base.strip()]
    seen = set()
    for folders in (
        [path[: path.rfind("/") + 1] for path in paths],
        [path if path.endswith("/") else path + "/" for path in paths],
    ):
        folder: str | None = ""
        for step in folders:
            folder = None if folder is None else _joined(folder, step)
        if folder is not None and (path := _joined(folder, split_href(href)[0])) is not None:
            if path not in seen:
                yield path
            seen.add(path)


def split_href(href: str) -> tuple[str, str]:
    """The path of an href, and its query and fragment with their signs."""
    text = href.strip()
    ends = [at for sign in "?#" if (at := text.find(sign)) >= 0]
    cut = min(ends, default=len(text))
    return text[:cut], text[cut:]


def _joined(folder: str, path: str) -> str | None:
    path = path.replace("\\", "/")
    parts = [] if path.startswith("/") else [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    joined = "/".join(parts)
    return joined + "/" if joined and path.endswith("/") else joined


def with_parameters(suffix: str, parameters: str) -> str:
    """An item's ``parameters`` behind the query and fragment of its href (SCORM CAM 3.4.1.8).

    The standard puts a query behind a fragment, where no browser looks for it; here it goes before.
    """
    text = parameters.strip().lstrip("?&")
    if not text:
        return suffix
    query, _, fragment = suffix.partition("#")
    if text.startswith("#"):
        return suffix if "#" in suffix else suffix + text
    query = f"{query}&{text}" if query.startswith("?") and query != "?" else f"?{text}"
    return f"{query}#{fragment}" if fragment and "#" not in query else query
