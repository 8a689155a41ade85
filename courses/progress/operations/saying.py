"""What a named person says of a learner's place, always with a reason (R3, R7, R14)."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from courses.catalogue.models import CourseRevision
from courses.enrolments.models import Enrolment
from courses.progress.errors import (
    EditionUnknown,
    NotRetractable,
    NotTheTeacher,
    ReasonMissing,
    SourceMissing,
    StepGone,
)
from courses.progress.models import Event
from courses.progress.operations.appending import append, locked, record, said
from courses.progress.operations.recomputing import redo_changed_steps
from courses.progress.queries import Place, place_of
from courses.progress.rules import Evidence, Verb

IMPORTS = uuid.UUID("3f6f1d1c-52d5-5c35-9a5e-5b8f1f6f2c0b")
"""The namespace of the ids of events that say what was learned elsewhere."""


def mark_done(*, enrolment: Enrolment, step_uid: str, reason: str, actor, at: datetime) -> Place:
    """The teacher's tick: the human way out of every step (R14).

    Raises:
        NotTheTeacher, ReasonMissing, StepGone, LessonClosed.
    """
    return record(
        enrolment=enrolment,
        step_uid=step_uid,
        verb=Verb.OVERRIDDEN,
        payload=_with_a_right(enrolment, reason, actor),
        evidence=Evidence.TEACHER,
        at=at,
        actor=actor,
    )


@transaction.atomic
def reset(*, enrolment: Enrolment, step_uid: str | None, reason: str, actor, at: datetime) -> Place:
    """Begin a new epoch for a step, or with ``None`` for the whole course (R3).

    What was done stays in the log; events that a device recorded before and sends later do not
    count.

    Raises:
        NotTheTeacher, ReasonMissing, StepGone.
    """
    payload = _with_a_right(enrolment, reason, actor)
    enrolment, _seen = locked(Enrolment.objects.filter(pk=enrolment.pk))
    Enrolment.objects.filter(pk=enrolment.pk).update(epoch=enrolment.epoch + 1)
    return record(
        enrolment=enrolment,
        step_uid=step_uid,
        verb=Verb.RESET,
        payload=payload,
        evidence=Evidence.TEACHER,
        at=at,
        actor=actor,
    )


@transaction.atomic
def retract(*, enrolment: Enrolment, event_uid: str, reason: str, actor, at: datetime) -> Place:
    """Take one event out of account; it stays in the log with the reason beside it.

    Raises:
        NotTheTeacher, ReasonMissing.
        NotRetractable: the event chose an edition, which is undone by choosing another.
    """
    payload = _with_a_right(enrolment, reason, actor) | {"event": event_uid}
    chosen = Event.objects.filter(enrolment=enrolment, uid=event_uid, verb=Verb.PINNED)
    if chosen.exists():
        raise NotRetractable
    return record(
        enrolment=enrolment,
        step_uid=None,
        verb=Verb.RETRACTED,
        payload=payload,
        evidence=Evidence.TEACHER,
        at=at,
        actor=actor,
    )


@transaction.atomic
def import_results(
    *,
    enrolment: Enrolment,
    step_uids: Collection[str],
    source: str,
    reason: str,
    actor,
    at: datetime,
    evidence: Evidence = Evidence.TEACHER,
) -> Place:
    """Count steps as done because the learner did them elsewhere: on paper, on another portal.

    ``source`` says where, for whoever asks later. ``evidence`` is ``teacher``, or
    ``machine_server`` where the other system's records were read. The same steps from the same
    source are counted once, however often this is called; all of them or, when one is refused,
    none. A lesson need not be open yet.

    Raises:
        NotTheTeacher: the actor neither teaches the course nor may import results.
        ReasonMissing, SourceMissing, StepGone: see each.
    """
    if evidence not in {Evidence.TEACHER, Evidence.MACHINE_SERVER}:
        raise ValueError(evidence)
    payload = _with_a_right(enrolment, reason, actor, "import_results")
    if not source.strip():
        raise SourceMissing
    payload |= {"counts": "done", "source": source.strip()}
    enrolment, _seen = locked(Enrolment.objects.filter(pk=enrolment.pk))
    place = place_of(enrolment)
    name = f"{enrolment.uid}/{enrolment.epoch}/{payload['source']}"
    uids = {step_uid: str(uuid.uuid5(IMPORTS, f"{name}/{step_uid}")) for step_uid in step_uids}
    known = Event.objects.filter(enrolment=enrolment, uid__in=uids.values())
    seen = {str(uid) for uid in known.values_list("uid", flat=True)}
    if any(step_uid not in place.outline.step_by_uid for step_uid in step_uids):
        raise StepGone
    fresh = [step_uid for step_uid in uids if uids[step_uid] not in seen]
    events = [
        said(
            place,
            Verb.IMPORTED,
            payload,
            step_uid=step_uid,
            evidence=evidence,
            actor=actor,
            at=at,
            uid=uids[step_uid],
            number=number,
        )
        for number, step_uid in enumerate(fresh, start=1)
    ]
    return append(place, events)


def pin(*, enrolment: Enrolment, revision_n: int, reason: str, actor, at: datetime) -> Place:
    """Let the learner work by edition ``revision_n`` of the course, whatever is published later.

    What was done stays done; rules of that edition judge what is known already. Asking twice
    changes nothing.

    Raises:
        NotTheTeacher: the actor neither teaches the course nor may pin.
        ReasonMissing: see there.
        EditionUnknown: it is older than the place, or does not exist.
    """
    return _choose(enrolment, revision_n, reason, actor, at)


def unpin(*, enrolment: Enrolment, reason: str, actor, at: datetime) -> Place:
    """Let the learner follow the latest edition again, from now on.

    Raises:
        NotTheTeacher, ReasonMissing: as for :func:`pin`.
    """
    return _choose(enrolment, None, reason, actor, at)


@transaction.atomic
def _choose(
    enrolment: Enrolment, revision_n: int | None, reason: str, actor, at: datetime
) -> Place:
    payload = _with_a_right(enrolment, reason, actor, "pin_enrolment")
    enrolment, _seen = locked(Enrolment.objects.filter(pk=enrolment.pk))
    place = place_of(enrolment)
    if revision_n == place.state.pinned_n:
        return place
    latest = enrolment.course.revision_n
    if revision_n is None:
        chosen = None
    elif enrolment.enrolled_revision_n <= revision_n <= latest:
        chosen = CourseRevision.objects.defer("outline").get(
            course=enrolment.course_id, n=revision_n
        )
    else:
        raise EditionUnknown
    Enrolment.objects.filter(pk=enrolment.pk).update(pinned_revision=chosen)
    enrolment.pinned_revision = chosen
    event = said(
        place,
        Verb.PINNED,
        payload | {"revision": revision_n},
        evidence=Evidence.TEACHER,
        actor=actor,
        at=at,
    )
    event.revision_n = latest
    place = append(place, [event])
    redo_changed_steps([enrolment])
    return place_of(enrolment)


def _with_a_right(
    enrolment: Enrolment, reason: str, actor, permission: str | None = None
) -> dict[str, str]:
    """The reason, from the teacher of the course or from somebody who has the permission."""
    is_teacher = Enrolment.objects.taught_by(actor).filter(pk=enrolment.pk).exists()
    if not is_teacher and not (permission and actor.has_perm(f"opora_courses.{permission}")):
        raise NotTheTeacher
    if not reason.strip():
        raise ReasonMissing
    return {"reason": reason.strip()}
