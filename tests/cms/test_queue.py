"""The embedded queue: periodic tasks, and tasks whose worker was killed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.queue import Timetable, requeue_abandoned

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def database_queue(settings: Any, db: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def running(db: None) -> Callable[..., DBTaskResult]:
    def make(*, started_at: datetime, workers: int = 1) -> DBTaskResult:
        row = DBTaskResult.objects.create(
            task_path="cms.tasks.clear_old_sessions",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            run_after=NOON,
            status=TaskResultStatus.RUNNING,
            worker_ids=[f"worker-{number}" for number in range(workers)],
        )
        DBTaskResult.objects.filter(pk=row.pk).update(started_at=started_at)
        return row

    return make


def test_a_task_left_running_is_queued_again(running: Callable[..., DBTaskResult]) -> None:
    row = running(started_at=NOON)

    assert requeue_abandoned(started_before=NOON + timedelta(seconds=1)) == 1

    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_a_task_that_may_still_be_running_is_left_alone(
    running: Callable[..., DBTaskResult],
) -> None:
    row = running(started_at=NOON)

    assert requeue_abandoned(started_before=NOON) == 0

    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


def test_a_task_that_saw_three_workers_die_fails_for_good(
    running: Callable[..., DBTaskResult],
) -> None:
    row = running(started_at=NOON, workers=3)

    assert requeue_abandoned(started_before=NOON + timedelta(seconds=1)) == 0

    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert row.exception_class_path == "cms.queue.WorkerKilled"


@pytest.mark.parametrize("name", django_settings.OPORA_PERIODIC_TASKS)
@pytest.mark.django_db
def test_every_task_of_the_timetable_runs(name: str) -> None:
    path, seconds = django_settings.OPORA_PERIODIC_TASKS[name]

    assert seconds >= 60
    import_string(path).call()


def test_a_periodic_task_is_due_at_the_start_and_then_after_its_period(
    database_queue: None,
) -> None:
    timetable = Timetable({"sessions": ("cms.tasks.clear_old_sessions", 60)})

    due = [timetable.enqueue_due(now) for now in (100.0, 159.0, 160.0)]

    assert due == [["sessions"], [], ["sessions"]]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_embedded_worker_runs_what_was_queued(database_queue: None) -> None:
    Timetable({"sessions": ("cms.tasks.clear_old_sessions", 60)}).enqueue_due()

    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)

    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
