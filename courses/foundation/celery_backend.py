"""django-tasks over Celery, for a portal on several machines.

``TASKS = {"default": {"BACKEND": "courses.foundation.celery_backend.CeleryBackend"}}`` sends every
task, Wagtail's own among them, through one Celery task named ``opora.run_task``.
"""

from typing import Any

from celery import shared_task
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id, normalize_json


@shared_task(name="opora.run_task", acks_late=True)
def run_task(path: str, args: list, kwargs: dict[str, Any]) -> None:
    """Run in a worker the task at the dotted ``path`` with plain JSON values."""
    import_string(path).call(*args, **kwargs)


class CeleryBackend(BaseTaskBackend):
    """Hands tasks to the broker; results stay with whoever the task writes them for."""

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Send the task to the broker, no earlier than its ``run_after``."""
        self.validate_task(task)
        result: TaskResult = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        run_task.apply_async(
            kwargs={"path": task.module_path, "args": result.args, "kwargs": result.kwargs},
            task_id=result.id,
            eta=task.run_after,
            queue=None if task.queue_name == "default" else task.queue_name,
        )
        task_enqueued.send(type(self), task_result=result)
        return result
