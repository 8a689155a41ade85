"""Addresses on the content origin, and the files that it gives out."""

from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.cache import cache

from courses.foundation.conf import conf
from courses.runtimes.delivery.rules import (
    OriginFault,
    Recent,
    asset_key,
    digest_in,
    media_type,
    origin_faults,
    packed,
)
from courses.runtimes.packages.models import Tree
from courses.runtimes.packages.queries import open_blob

PACKED_SECONDS = 30 * 24 * 3600

Files = dict[str, tuple[str, int]]

_files: Recent[str, Files] = Recent(100_000)
"""Sets of files by digest; the budget is in files, of which each takes about 300 bytes."""

_contents: Recent[tuple[str, str], bytes] = Recent(32 * 1024 * 1024)
"""Contents by hash and encoding; the budget is in bytes."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a package: ``size`` in bytes, ``kind`` its media type."""

    sha256: str
    size: int
    kind: str


def site_origin() -> str:
    """Where the site itself is: ``https://site.example``."""
    parts = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", None) or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def faults_of_origin() -> list[OriginFault]:
    """What is wrong with the site's setting ``OPORA_CONTENT_ORIGIN``."""
    return origin_faults(conf.OPORA_CONTENT_ORIGIN, site_origin(), settings.ALLOWED_HOSTS)


def content_address(path: str) -> str:
    """The whole address of ``path`` on the content origin."""
    return f"{conf.OPORA_CONTENT_ORIGIN}/{path.lstrip('/')}"


def frame_address(kind: str, token: str) -> str:
    """Where the frame of a launch is: ``kind`` is that of the package, ``h5p`` or ``scorm``."""
    return content_address(f"{kind}/{token}/")


def asset_address(tree_digest: str, path: str = "") -> str:
    """The address of a file of a set, good for ever; without ``path``, what all of them begin with.

    Nobody can make one up, not even out of a file that they have.
    """
    return content_address(f"f/{asset_key(tree_digest, settings.SECRET_KEY)}/{quote(path)}")


def asset_at(key: str, path: str) -> Asset | None:
    """The file behind an address; ``None`` where the address was not made here, or has no file.

    One query for a set of files that the process has not met lately, none for others.
    """
    secrets = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    digest = digest_in(key, secrets)
    files = _files_of(digest) if digest is not None else None
    if files is None:
        return None
    found = files.get(path) or _in_any_case(files, path)
    return Asset(*found, kind=media_type(path)) if found is not None else None


def content_of(asset: Asset, encoding: str = "") -> bytes:
    """The whole file, compressed with ``encoding`` if that is given; keep it to small files.

    Raises:
        FileNotFoundError: storage has lost it.
    """
    content = _contents.get((asset.sha256, encoding))
    if content is None:
        content = _packed(asset, encoding) if encoding else _read(asset)
        _contents.keep((asset.sha256, encoding), content, len(content))
    return content


def _files_of(digest: str) -> Files | None:
    files = _files.get(digest)
    if files is None:
        tree = Tree.objects.filter(pk=digest).first()
        if tree is None:
            return None
        files = {path: (sha256, size) for path, (sha256, size) in tree.files.items()}
        _files.keep(digest, files, len(files))
    return files


def _in_any_case(files: Files, path: str) -> tuple[str, int] | None:
    """Packages made on Windows name their files in any case; intake lets in no two that collide."""
    wanted = normalize("NFC", path).casefold()
    names = (name for name in files if normalize("NFC", name).casefold() == wanted)
    name = next(names, None)
    return files[name] if name is not None else None


def _packed(asset: Asset, encoding: str) -> bytes:
    key = f"opora.packed.{asset.sha256}.{encoding}"
    content = cache.get(key)
    if content is None:
        content = packed(_read(asset), encoding)
        cache.set(key, content, PACKED_SECONDS)
    return content


def _read(asset: Asset) -> bytes:
    with open_blob(asset.sha256) as file:
        return file.read()
