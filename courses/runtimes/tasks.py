"""Background tasks of the runtimes."""

from django.utils import timezone
from django_tasks import task

from courses.runtimes.launches import operations as launches
from courses.runtimes.operations import import_version_task
from courses.runtimes.packages.operations import sweep

__all__ = ["import_version_task", "sweep_launches", "sweep_packages"]


@task()
def sweep_packages() -> int:
    """Delete files that no package holds any more; returns how many."""
    return sweep(at=timezone.now())


@task()
def sweep_launches() -> int:
    """Delete tokens whose hours are over; returns how many."""
    return launches.sweep_launches(at=timezone.now())
