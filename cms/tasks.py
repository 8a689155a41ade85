"""The site's periodic housekeeping; the timetable is ``settings.OPORA_PERIODIC_TASKS``."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.queue import requeue_abandoned

KEPT = timedelta(days=14)
PLACES_CHECKED = 200


@task()
def publish_scheduled() -> None:
    """Publish and withdraw what editors have scheduled for now."""
    call_command("publish_scheduled")


@task()
def clear_finished_tasks() -> None:
    """Forget tasks that ended two weeks ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


@task()
def clear_old_sessions() -> None:
    """Delete sessions that have expired."""
    call_command("clearsessions")


@task()
def check_progress() -> None:
    """Replay the logs of some places (R16); fails, with what differs, where a state is wrong."""
    call_command("recompute_progress", check=True, sample=PLACES_CHECKED)


@task()
def sweep_abandoned_tasks() -> None:
    """Give tasks whose worker was killed in the middle another try."""
    allowed = timedelta(seconds=settings.OPORA_ABANDONED_TASK_SECONDS)
    requeue_abandoned(started_before=timezone.now() - allowed)
