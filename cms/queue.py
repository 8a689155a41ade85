"""The embedded queue of background tasks: what is due, and what was left behind."""

import time
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_TRIES = 3


class WorkerKilled(RuntimeError):
    """A task's worker died under it too many times."""


@transaction.atomic
def requeue_abandoned(*, started_before: datetime) -> int:
    """Queue again the tasks still marked as running; returns how many.

    ``started_before`` is an aware moment: what started later may well be running. A task that saw
    three workers die fails for good. Tasks are safe to run twice, so one that is merely slow
    does no harm.
    """
    count = 0
    running = DBTaskResult.objects.running().select_for_update()
    for row in running.filter(started_at__lt=started_before):
        if len(row.worker_ids) >= MOST_TRIES:
            row.set_failed(WorkerKilled(f"{len(row.worker_ids)} workers died running this task"))
            continue
        row.status = TaskResultStatus.READY
        row.save(update_fields=["status"])
        count += 1
    return count


class Timetable:
    """Periodic tasks of one process: each is due at the start, then every so many seconds."""

    def __init__(self, periodic: Mapping[str, tuple[str, int]]) -> None:
        """``periodic`` maps a name to the task's dotted path and its period in seconds."""
        self._periodic = periodic
        self._due_at = dict.fromkeys(periodic, 0.0)

    def enqueue_due(self, now: float | None = None) -> list[str]:
        """Queue what is due at ``now``, in monotonic seconds; returns the names."""
        now = time.monotonic() if now is None else now
        due = [name for name, at in self._due_at.items() if at <= now]
        for name in due:
            path, seconds = self._periodic[name]
            import_string(path).enqueue()
            self._due_at[name] = now + seconds
        return due
