"""A migrated database without the minute of migrations.

SQLite: a file migrated once is kept under ``var/test`` by a hash of all migrations, and each run
works on its copy. PostgreSQL: Django's own test database. Either way a transactional test finds
what migrations left (Wagtail's root page and locale among it), not the bare tables of a flush.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

Restore = Callable[[], None]
LEFTOVER_SECONDS = 24 * 3600


@contextmanager
def prepared_database() -> Iterator[None]:
    """Point Django's default connection at a fresh migrated database while in the block."""
    prepare = _copied_file if connection.vendor == "sqlite" else _server_database
    flush = TransactionTestCase._fixture_teardown
    with prepare() as restore:
        TransactionTestCase._fixture_teardown = lambda _test: restore()
        try:
            yield
        finally:
            TransactionTestCase._fixture_teardown = flush


@contextmanager
def _copied_file() -> Iterator[Restore]:
    folder = Path(settings.DATABASES["default"]["NAME"]).parent
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / f"template-{_fingerprint()}.sqlite3"
    if not template.exists():
        _make_template(template)
    copy = folder / f"run-{os.getpid()}.sqlite3"
    shutil.copyfile(template, copy)
    _use(copy)

    # Opened now, so that it stays readable when a neighbour's run tidies up.
    source = sqlite3.connect(f"file:{template}?immutable=1", uri=True)
    source.execute("SELECT 1 FROM sqlite_master")

    def restore() -> None:
        connection.ensure_connection()
        source.backup(connection.connection)

    try:
        yield restore
    finally:
        source.close()
        connections.close_all()
        for leftover in folder.glob(f"{copy.name}*"):
            leftover.unlink()


def for_another_process() -> dict[str, str]:
    """Environment variables that make a child process open the database of this run."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return {"OPORA_TEST_DATABASE_FILE": str(database["NAME"])}
    who = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    where = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return {"OPORA_TEST_DATABASE_URL": f"postgres://{who}@{where}"}


def _make_template(template: Path) -> None:
    for leftover in template.parent.iterdir():
        if leftover.stat().st_mtime < time.time() - LEFTOVER_SECONDS:
            leftover.unlink()
    unfinished = template.with_suffix(f".{os.getpid()}")
    _use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    unfinished.rename(template)


def _use(path: Path) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = path


def _fingerprint() -> str:
    digest = sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _server_database() -> Iterator[Restore]:
    kept = setup_databases(verbosity=0, interactive=False)

    def restore() -> None:
        call_command(
            "flush",
            verbosity=0,
            interactive=False,
            inhibit_post_migrate=True,
            reset_sequences=False,
        )
        contents = connection._test_serialized_contents
        connection.creation.deserialize_db_from_string(contents)

    try:
        yield restore
    finally:
        teardown_databases(kept, verbosity=0)
