"""Static files are collected again only when one of them has changed."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder, get_finders
from django.core.management import call_command

IGNORED = ["CVS", ".*", "*~"]

UNUSED = ["scorm-again*", "cross-frame-*", "scorm12.js*", "scorm2004.js*"]
"""Of what npm brings, no page loads these; compressing them takes a minute."""


class LoadedFiles(FileSystemFinder):
    """The files of ``STATICFILES_DIRS`` without those that are :data:`UNUSED`."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or ()), *UNUSED])


def collect_if_changed() -> bool:
    """Collect into ``STATIC_ROOT`` unless it holds the same files already; says whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    digest = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
