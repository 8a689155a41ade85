"""The whole portal by one command: it comes up, does its periodic work and stops cleanly."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

PATIENCE_SECONDS = 60


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def var_dir(transactional_db: None, tmp_path: Path) -> Path:
    """A folder of data with a migrated database and nobody in it."""
    if connection.vendor != "sqlite":
        pytest.skip("One command runs the embedded portal, and its database is SQLite.")
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "opora.sqlite3")) as copy:
        connection.connection.backup(copy)
    return tmp_path


@pytest.fixture
def portal(var_dir: Path, port: int, project_dir: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_portal", "--port", str(port)],
        cwd=project_dir,
        env={
            **{name: value for name, value in os.environ.items() if "OPORA" not in name},
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "OPORA_VAR_DIR": str(var_dir),
            "OPORA_DEMO": "0",
            "OPORA_DEBUG": "1",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.send_signal(signal.SIGTERM)
    if process.stdout is not None and not process.stdout.closed:
        sys.stdout.write(process.communicate(timeout=PATIENCE_SECONDS)[0])


def answer(port: int, path: str) -> int | None:
    """The status at ``path`` once something listens; ``None`` when nothing does in a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as got:
                return got.status
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return None


def finished_tasks(portal: subprocess.Popen[str], var_dir: Path) -> int:
    """How many tasks the worker has finished, once it has finished any or the portal is gone."""
    query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(sqlite3.connect(var_dir / "opora.sqlite3")) as database:
        while time.monotonic() < deadline and portal.poll() is None:
            if count := database.execute(query).fetchone()[0]:
                return count
            time.sleep(0.2)
    return 0


def test_the_portal_answers_works_through_its_timetable_and_stops_when_asked(
    portal: subprocess.Popen[str], port: int, var_dir: Path
) -> None:
    assert portal.stdout is not None
    assert f"http://localhost:{port}" in next(line for line in portal.stdout if "http:" in line)
    assert answer(port, "/readyz") == 200
    assert finished_tasks(portal, var_dir) >= 1

    portal.send_signal(signal.SIGTERM)
    said = portal.communicate(timeout=PATIENCE_SECONDS)[0]

    assert portal.returncode == 0
    assert "Stopped." in said
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_taken_port_is_said_with_the_way_out(var_dir: Path, project_dir: Path, port: int) -> None:
    with closing(socket.create_server(("127.0.0.1", port))):
        run = subprocess.run(
            [sys.executable, "manage.py", "run_portal", "--port", str(port)],
            cwd=project_dir,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.development"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 1
    assert f"Port {port} is taken. Choose another: make run PORT={port + 1}" in run.stderr
