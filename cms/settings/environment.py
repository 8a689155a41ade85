"""Reading of environment variables into settings; every name starts with ``OPORA_``."""

import os
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import get_random_string


def text(name: str, default: str = "") -> str:
    """The variable without surrounding spaces; ``default`` when it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A yes or no: ``1``, ``true``, ``yes`` and ``on`` are yes, anything else that is set is no."""
    value = text(name).lower()
    return value in {"1", "true", "yes", "on"} if value else default


def items(name: str, default: list[str]) -> list[str]:
    """A comma-separated list without empty items."""
    return [item.strip() for item in text(name).split(",") if item.strip()] or default


def required(name: str, purpose: str) -> str:
    """The variable, or a refusal to start that says what it is for.

    Raises:
        ImproperlyConfigured: the variable is missing or empty.
    """
    if value := text(name):
        return value
    raise ImproperlyConfigured(f"Set the environment variable {name}: {purpose}.")


def kept_secret(path: Path) -> str:
    """The secret in the file ``path``; made there, readable by its owner only, when missing."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_string(64))
    return path.read_text()


def release_of(*places: Path) -> str:
    """A short name for the words, templates and styles that now lie in ``places``.

    Made from the sizes and moments of change of the files: another release never finds pages that
    an earlier one has kept.
    """
    found = sha256()
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place] if place.exists() else []
        for file in files:
            if file.suffix in {".html", ".txt", ".mo", ".json"}:
                state = file.stat()
                found.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()[:12]


def sqlite(path: Path) -> dict:
    """SQLite for many threads: readers never wait, writers queue for up to 20 seconds."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def database_from_url(url: str) -> dict:
    """PostgreSQL behind a pool from ``postgres://user:password@host:port/name?sslmode=…``.

    Raises:
        ImproperlyConfigured: another kind of address, or no database name in it.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise ImproperlyConfigured(
            "OPORA_DATABASE_URL must look like postgres://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 16}, **dict(parse_qsl(parts.query))},
    }


def file_storages(var: Path, media: Path, bucket: str, public_url: str) -> dict:
    """``default`` for pictures and documents, ``private`` for learners' files.

    Both are folders, or places in one S3-compatible ``bucket``. A ``public_url`` in front of the
    bucket serves the ``default`` files without signatures; private ones are never served directly.
    """
    if not bucket:
        files = "django.core.files.storage.FileSystemStorage"
        return {
            "default": {"BACKEND": files, "OPTIONS": {"location": media}},
            "private": {"BACKEND": files, "OPTIONS": {"location": var / "private"}},
        }
    options = {
        "bucket_name": bucket,
        "endpoint_url": text("OPORA_S3_ENDPOINT_URL") or None,
        "region_name": text("OPORA_S3_REGION") or None,
        "access_key": text("OPORA_S3_ACCESS_KEY") or None,
        "secret_key": text("OPORA_S3_SECRET_KEY") or None,
        "default_acl": None,
        "file_overwrite": False,
        # What is read from the bucket waits on disk: a package is hundreds of megabytes.
        "max_memory_size": 8 * 1024 * 1024,
    }
    public = {"custom_domain": urlsplit(public_url).netloc} if public_url else {}
    backend = "storages.backends.s3.S3Storage"
    return {
        "default": {"BACKEND": backend, "OPTIONS": {**options, **public, "location": "media"}},
        "private": {"BACKEND": backend, "OPTIONS": {**options, "location": "private"}},
    }
