"""Celery for a portal on several machines: ``celery -A cms worker`` and ``celery -A cms beat``."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

app = Celery("opora")
app.conf.update(
    broker_url=settings.BROKER_URL,
    task_ignore_result=True,
    # A task whose worker died is given to another: tasks are safe to run twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    timezone=settings.TIME_ZONE,
    imports=["courses.foundation.celery_backend"],
    beat_schedule={
        name: {
            "task": "opora.run_task",
            "schedule": seconds,
            "kwargs": {"path": path, "args": [], "kwargs": {}},
        }
        for name, (path, seconds) in settings.OPORA_PERIODIC_TASKS.items()
    },
)


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**_signal: Any) -> None:
    """The same refusal as the web server's."""
    from cms.checks import refuse_demo_accounts

    refuse_demo_accounts()
