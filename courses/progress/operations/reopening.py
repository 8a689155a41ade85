"""Opening finished courses again for those whom new steps passed by (R7)."""

from datetime import datetime

from django.db import transaction

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.progress.errors import NotAllowed, ReasonMissing
from courses.progress.operations.appending import append, said
from courses.progress.queries import (
    finished_places,
    is_short_of_the_course,
    place_of,
    with_progress,
)
from courses.progress.rules import Evidence, Verb

REOPEN_BATCH = 200


def reopen_completions(*, course: Course, reason: str, actor, at: datetime) -> int:
    """Ask those who finished the course for what it asks of others now; returns how many.

    Only who would have something left to do is asked; what they did stays done, their completion
    stays on record, and the course page tells them why. In batches of a transaction each; safe to
    run twice.

    Raises:
        NotAllowed: the actor may not reopen completions.
        ReasonMissing: see there.
    """
    if not actor.has_perm("opora_courses.reopen_completions"):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    payload = {"reason": reason.strip()}
    reopened, last_pk = 0, 0
    while True:
        with transaction.atomic():
            next_ones = finished_places(course).filter(pk__gt=last_pk).order_by("pk")[:REOPEN_BATCH]
            batch = list(with_progress(next_ones.lock()))
            if not batch:
                return reopened
            last_pk = batch[-1].pk
            for enrolment in batch:
                place = place_of(enrolment)
                if not is_short_of_the_course(place):
                    continue
                enrolment.epoch += 1
                Enrolment.objects.filter(pk=enrolment.pk).update(epoch=enrolment.epoch)
                evidence = Evidence.TEACHER
                append(
                    place,
                    [said(place, Verb.REOPENED, payload, evidence=evidence, actor=actor, at=at)],
                )
                reopened += 1
