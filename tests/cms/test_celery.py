"""The task backend over Celery, and the timetable of beat, without a broker."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django_tasks.exceptions import InvalidTaskError

from cms.celery import app
from cms.tasks import clear_old_sessions
from courses.foundation import celery_backend

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def sent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would go to the broker."""
    messages: list[dict[str, Any]] = []
    settings.TASKS = {"default": {"BACKEND": "courses.foundation.celery_backend.CeleryBackend"}}
    monkeypatch.setattr(
        celery_backend.run_task, "apply_async", lambda **message: messages.append(message)
    )
    return messages


def test_a_task_is_sent_by_its_dotted_path_with_plain_values(sent: list[dict[str, Any]]) -> None:
    result = clear_old_sessions.enqueue()

    assert sent[0]["kwargs"] == {
        "path": "cms.tasks.clear_old_sessions",
        "args": [],
        "kwargs": {},
    }
    assert sent[0]["task_id"] == result.id


def test_a_task_for_later_is_sent_with_its_moment(sent: list[dict[str, Any]]) -> None:
    clear_old_sessions.using(run_after=NOON).enqueue()

    assert sent[0]["eta"] == NOON


def test_a_priority_is_refused_because_brokers_differ_in_it(sent: list[dict[str, Any]]) -> None:
    with pytest.raises(InvalidTaskError, match="priority"):
        clear_old_sessions.using(priority=5)


@pytest.mark.django_db
def test_the_workers_side_runs_the_task() -> None:
    celery_backend.run_task("cms.tasks.clear_old_sessions", [], {})


def test_beat_has_the_whole_timetable() -> None:
    planned = {
        name: (entry["kwargs"]["path"], entry["schedule"])
        for name, entry in app.conf.beat_schedule.items()
    }

    assert planned == django_settings.OPORA_PERIODIC_TASKS
