"""Appending events to a place's log under its lock, folding them in, keeping the result (R11)."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, FilteredRelation, Q, Subquery

from courses.enrolments.models import Enrolment
from courses.enrolments.querysets import EnrolmentQuerySet
from courses.lessons.queries import outline_by_id
from courses.progress.errors import LessonClosed, StepGone
from courses.progress.models import Completion, CourseState, Event
from courses.progress.queries import (
    Place,
    admission_of,
    entry_of,
    log_of,
    place_of,
    revisions_since,
    with_progress,
)
from courses.progress.rules import (
    Evidence,
    Finished,
    LearnerState,
    Verb,
    advance,
    count_steps,
    replay,
    state_to_json,
)


@transaction.atomic
def record(
    *,
    enrolment: Enrolment,
    step_uid: str | None,
    verb: Verb,
    payload: Mapping[str, Any],
    evidence: Evidence,
    at: datetime,
    actor=None,
    uid: str | None = None,
) -> Place:
    """Append one event that the server itself vouches for, and fold it in.

    ``uid`` makes the call idempotent: an event of that id is appended once. Returns the place as
    it stands after the event.

    Raises:
        StepGone: the step is not in the outline that the learner works by.
        LessonClosed: the step's lesson is not open at ``at``.
    """
    uids = [uid] if uid is not None else []
    enrolment, seen = locked(Enrolment.objects.filter(pk=enrolment.pk), uids)
    place = place_of(enrolment)
    if step_uid is not None:
        lesson = place.outline.lesson_by_step.get(step_uid)
        if lesson is None:
            raise StepGone
        if not place.is_open(lesson, at):
            raise LessonClosed
    if seen:
        return place
    event = said(
        place, verb, payload, step_uid=step_uid, evidence=evidence, actor=actor, at=at, uid=uid
    )
    return append(place, [event])


def locked(
    places: EnrolmentQuerySet, uids: Collection[str] = (), **more: Subquery
) -> tuple[Enrolment, dict[str, int]]:
    """The one place of ``places``, locked until the transaction ends, so that ``seq`` has no gaps.

    With it comes the ``seq`` of those events ``uids`` that are in its log already: one query reads
    both, and what ``more`` names, since every event a child sends passes here (R11).

    Raises:
        Enrolment.DoesNotExist: there is none.
    """
    place = with_progress(places.lock()).annotate(**more)
    if not uids:
        return place.get(), {}
    known = FilteredRelation("events", condition=Q(events__uid__in=uids))
    rows = list(place.annotate(known=known, known_uid=F("known__uid"), known_seq=F("known__seq")))
    if not rows:
        raise Enrolment.DoesNotExist
    return rows[0], {str(row.known_uid): row.known_seq for row in rows if row.known_uid}


def said(
    place: Place,
    verb: Verb,
    payload: Mapping[str, Any],
    *,
    step_uid: str | None = None,
    evidence: Evidence,
    actor,
    at: datetime,
    uid: str | None = None,
    number: int = 1,
) -> Event:
    """An event that the server vouches for, the ``number``-th to come, from 1; not saved yet."""
    enrolment = place.enrolment
    return Event(
        enrolment=enrolment,
        uid=uid or uuid.uuid4(),
        seq=place.state.seq + number,
        step_id=step_uid,
        revision_n=enrolment.revision_n,
        verb=verb,
        payload=dict(payload),
        evidence=evidence,
        epoch=enrolment.epoch,
        actor=actor,
        effective_at=at,
        received_at=at,
    )


def append(place: Place, events: list[Event]) -> Place:
    """Add ``events`` to the log of a locked place; returns the place as it stands after them."""
    if not events:
        return place
    enrolment, state = place.enrolment, place.state
    Event.objects.bulk_create(events)
    if any(event.verb == Verb.RETRACTED for event in events):
        state = replayed(enrolment)
    else:
        pinned = [event.payload["revision"] for event in events if event.verb == Verb.PINNED]
        earliest = min([state.revision_n, *(n for n in pinned if n is not None)])
        state = advance(
            state,
            [entry_of(event) for event in events],
            revisions_since(enrolment, earliest),
            admission_of(enrolment),
        )
    by_learner = [event.effective_at for event in events if _is_the_learners(event)]
    keep(enrolment, state, last_activity_at=max(by_learner, default=None))
    return Place(enrolment, outline_by_id(enrolment.revision_id), state)


def _is_the_learners(event: Event) -> bool:
    return event.evidence != Evidence.TEACHER and event.verb != Verb.IMPORTED


def replayed(enrolment: Enrolment) -> LearnerState:
    """The state of a place from its whole log, by the definition (R16)."""
    revisions = revisions_since(enrolment, enrolment.enrolled_revision_n)
    return replay(log_of(enrolment), revisions, admission_of(enrolment))


def keep(
    enrolment: Enrolment, state: LearnerState, *, last_activity_at: datetime | None = None
) -> None:
    """Write the projection of a locked place and, where the course was finished, the latch."""
    kept = getattr(enrolment, "state", None)
    row = row_of(enrolment, state)
    moments = [last_activity_at, kept.last_activity_at if kept else None]
    row.last_activity_at = max(filter(None, moments), default=None)
    is_news = kept is None or kept.finished_at != row.finished_at
    if kept is None:
        row.save(force_insert=True)
    else:
        row.save(force_update=True)
    enrolment.state = row
    if is_news:
        latch(enrolment, state)


def latch(enrolment: Enrolment, state: LearnerState) -> None:
    if state.finished is not None:
        completion = completion_of(enrolment, state.finished)
        Completion.objects.bulk_create([completion], ignore_conflicts=True)


def row_of(enrolment: Enrolment, state: LearnerState) -> CourseState:
    outline = outline_by_id(enrolment.revision_id)
    counts = count_steps(outline.steps, state, admission_of(enrolment))
    return CourseState(
        enrolment=enrolment,
        revision_n=state.revision_n,
        as_of_seq=state.seq,
        facts=state_to_json(state),
        done=counts.done,
        required=counts.required,
        finished_at=state.finished.at if state.finished else None,
    )


def completion_of(enrolment: Enrolment, finished: Finished) -> Completion:
    return Completion(
        enrolment=enrolment,
        epoch=finished.epoch,
        revision_n=finished.revision_n,
        first_seq=finished.seq,
        by_revision=finished.by_revision,
        effective_at=finished.at,
    )
