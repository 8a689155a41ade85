"""What a package reports becomes an event of progress; signing out ends its tokens."""

import logging
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.signals import user_logged_out
from django.utils import timezone

from courses.enrolments.models import Enrolment
from courses.progress.errors import ProgressRefusal
from courses.progress.operations import record
from courses.progress.queries import place_of, with_progress
from courses.progress.rules import Evidence, Verb
from courses.runtimes.api import AttemptReport, attempt_moved, end_launches

log = logging.getLogger(__name__)

REPORTS = UUID("0f0a7a5e-1d0e-5b0f-8a52-3f1c5b9f6f0d")
"""The namespace of the ids of events that attempts report."""


def connect() -> None:
    attempt_moved.connect(note_attempt)
    user_logged_out.connect(end_launches_of)


def note_attempt(report: AttemptReport, **_signal: object) -> None:
    """Record the report once, whoever repeats it.

    What comes for a place that was given back, for a step that is gone or closed, or from before a
    teacher's reset, stays with the attempt and changes no progress.
    """
    places = Enrolment.objects.active().filter(uid=report.place)
    enrolment = with_progress(places.lock()).first()
    if enrolment is None:
        return
    step_uid = str(report.step)
    if report.epoch < place_of(enrolment).state.floor_of(step_uid):
        return
    try:
        record(
            enrolment=enrolment,
            step_uid=step_uid,
            verb=Verb.GRADED,
            payload={
                "attempt": report.attempt,
                "number": report.number,
                "completed": report.completed,
                "passed": report.passed,
                "earned": report.earned,
                "possible": report.possible,
            },
            evidence=Evidence.MACHINE_CLIENT,
            at=report.at,
            uid=str(uuid5(REPORTS, f"{report.attempt}/{report.move}")),
        )
    except ProgressRefusal as refusal:
        log.info("Attempt %s changes no progress: %s", report.attempt, refusal.code)


def end_launches_of(user: Any, **_signal: object) -> None:
    """Whoever sits down at the computer next finds no frame that still plays as this learner."""
    places = Enrolment.objects.filter(learner=user)
    end_launches(learner_keys=places.values_list("learner_key", flat=True), at=timezone.now())
