"""Tasks through a real Celery worker over a real Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.tasks import delete_file_from_storage_task

from cms.celery import app
from cms.tasks import clear_old_sessions
from tests.database import for_another_process

REDIS = os.environ.get("OPORA_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
QUEUE = f"opora-test-{os.getpid()}"
PATIENCE_SECONDS = 40


@pytest.fixture
def broker(settings: Any) -> Iterator[str]:
    try:
        client = redis.Redis.from_url(REDIS, socket_connect_timeout=2)
        client.ping()
    except redis.ConnectionError:
        if "OPORA_TEST_REDIS_URL" in os.environ:
            raise
        pytest.skip("No Redis answers at 127.0.0.1:6379; OPORA_TEST_REDIS_URL names another.")
    app.conf.update(broker_url=REDIS, task_default_queue=QUEUE)
    settings.TASKS = {"default": {"BACKEND": "courses.foundation.celery_backend.CeleryBackend"}}
    yield REDIS
    client.delete(QUEUE)
    client.close()


@pytest.fixture
def worker(transactional_db: None, broker: str, project_dir: Path) -> Iterator[None]:
    options = ["--pool", "solo", "--queues", QUEUE, "--loglevel", "WARNING", "--without-gossip"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "cms", "worker", *options, "--without-mingle"],
        cwd=project_dir,
        env={
            **os.environ,
            **for_another_process(),
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "OPORA_BROKER_URL": broker,
        },
    )
    yield
    process.terminate()
    process.wait(PATIENCE_SECONDS)


def happens(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_runs_our_tasks_and_wagtails(worker: None, tmp_path: Path) -> None:
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=1))
    file = tmp_path / "unused.txt"
    file.touch()
    storage: tuple[str, list, dict[str, str]] = (
        "django.core.files.storage.FileSystemStorage",
        [],
        {"location": str(tmp_path)},
    )

    clear_old_sessions.enqueue()
    delete_file_from_storage_task.enqueue(storage, file.name)

    assert happens(lambda: not file.exists())
    assert happens(lambda: not Session.objects.exists())
