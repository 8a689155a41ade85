"""Everything that changes progress: appending events, folding them, recomputing."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, FilteredRelation, Q

from courses.enrolments.models import Enrolment
from courses.enrolments.querysets import EnrolmentQuerySet
from courses.lessons.queries import outline_by_id
from courses.progress.errors import LessonClosed, NotTheTeacher, ReasonMissing, StepGone
from courses.progress.models import Completion, CourseState, Event
from courses.progress.queries import (
    Place,
    entry_of,
    log_of,
    place_of,
    revisions_since,
    state_of,
    with_progress,
)
from courses.progress.rules import (
    EventDraft,
    Evidence,
    Finished,
    LearnerState,
    Rejection,
    Sitting,
    Verb,
    advance,
    count_steps,
    effective_moment,
    is_too_fast,
    read_event,
    replay,
    state_to_json,
)

RECOMPUTE_BATCH = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sent event: ``accepted``, ``duplicate`` or ``rejected`` with a code."""

    uid: str | None
    status: str
    code: str = ""
    seq: int | None = None


@transaction.atomic
def take_in(
    *, learner, enrolment_uid: str, raw_events: Sequence[Any], sitting: Sitting, at: datetime
) -> tuple[list[Outcome], Place]:
    """Take a batch of events that the learner's browser sent (R10).

    Each is accepted, a duplicate, or rejected with a code; the good ones of a batch are kept
    whatever the others are. ``at`` is the moment of receipt, ``sitting`` the page they come from.

    Raises:
        Enrolment.DoesNotExist: the learner has no such active place.
    """
    read = [read_event(raw) for raw in raw_events]
    uids = [draft.uid for draft in read if isinstance(draft, EventDraft)]
    own = Enrolment.objects.of_learner(learner).active()
    enrolment, seen = _locked(own.filter(uid=enrolment_uid), uids)
    place = place_of(enrolment)
    events: list[Event] = []
    outcomes: list[Outcome] = []
    watched = 0.0
    for raw, draft in zip(raw_events, read, strict=True):
        if isinstance(draft, Rejection):
            uid = raw.get("id") if isinstance(raw, dict) else None
            outcomes.append(Outcome(uid if isinstance(uid, str) else None, "rejected", draft))
        elif draft.uid in seen:
            outcomes.append(Outcome(draft.uid, "duplicate", seq=seen[draft.uid]))
        elif rejection := _why_not(draft, place, sitting, at, watched_before=watched):
            outcomes.append(Outcome(draft.uid, "rejected", rejection))
        else:
            watched += draft.watched_seconds
            seq = place.state.seq + len(events) + 1
            seen[draft.uid] = seq
            events.append(_event_of(draft, enrolment, seq, sitting, at))
            outcomes.append(Outcome(draft.uid, "accepted", seq=seq))
    state = _append(enrolment, place.state, events)
    return outcomes, Place(enrolment, place.outline, state)


def _why_not(
    draft: EventDraft, place: Place, sitting: Sitting, at: datetime, *, watched_before: float
) -> Rejection | None:
    """Why the event is not taken; ``watched_before`` is what the batch claimed so far, seconds."""
    lesson = place.outline.lesson_by_step.get(draft.step_uid)
    if lesson is None:
        return Rejection.STEP_GONE
    if not place.is_open(lesson, at):
        return Rejection.LESSON_CLOSED
    if is_too_fast(watched_before + draft.watched_seconds, sitting=sitting, received_at=at):
        return Rejection.TOO_FAST
    return None


def _event_of(
    draft: EventDraft, enrolment: Enrolment, seq: int, sitting: Sitting, at: datetime
) -> Event:
    epoch = enrolment.epoch if draft.epoch is None else min(draft.epoch, enrolment.epoch)
    return Event(
        enrolment=enrolment,
        uid=draft.uid,
        seq=seq,
        step_id=draft.step_uid,
        revision_n=enrolment.course.revision_n,
        verb=draft.verb,
        payload=dict(draft.payload),
        evidence=draft.evidence,
        epoch=epoch,
        client_time=draft.client_time,
        effective_at=effective_moment(
            draft.client_time, sitting=sitting, enrolled_at=enrolment.enrolled_at, received_at=at
        ),
        received_at=at,
        clock_is_suspect=sitting.clock_is_suspect,
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
        StepGone: the step is not in the current outline.
        LessonClosed: the step's lesson is not open at ``at``.
    """
    uids = [uid] if uid is not None else []
    enrolment, seen = _locked(Enrolment.objects.filter(pk=enrolment.pk), uids)
    place = place_of(enrolment)
    if step_uid is not None:
        lesson = place.outline.lesson_by_step.get(step_uid)
        if lesson is None:
            raise StepGone
        if not place.is_open(lesson, at):
            raise LessonClosed
    if seen:
        return place
    event = Event(
        enrolment=enrolment,
        uid=uid or uuid.uuid4(),
        seq=place.state.seq + 1,
        step_id=step_uid,
        revision_n=enrolment.course.revision_n,
        verb=verb,
        payload=dict(payload),
        evidence=evidence,
        epoch=enrolment.epoch,
        actor=actor,
        effective_at=at,
        received_at=at,
    )
    state = _append(enrolment, place.state, [event])
    return Place(enrolment, place.outline, state)


def mark_done(*, enrolment: Enrolment, step_uid: str, reason: str, actor, at: datetime) -> Place:
    """The teacher's tick: the human way out of every step (R14).

    Raises:
        NotTheTeacher, ReasonMissing, StepGone, LessonClosed.
    """
    payload = _said_by_teacher(enrolment, reason, actor)
    return record(
        enrolment=enrolment,
        step_uid=step_uid,
        verb=Verb.OVERRIDDEN,
        payload=payload,
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
    payload = _said_by_teacher(enrolment, reason, actor)
    enrolment, _seen = _locked(Enrolment.objects.filter(pk=enrolment.pk))
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


def retract(*, enrolment: Enrolment, event_uid: str, reason: str, actor, at: datetime) -> Place:
    """Take one event out of account; it stays in the log with the reason beside it.

    Raises:
        NotTheTeacher, ReasonMissing.
    """
    payload = _said_by_teacher(enrolment, reason, actor) | {"event": event_uid}
    return record(
        enrolment=enrolment,
        step_uid=None,
        verb=Verb.RETRACTED,
        payload=payload,
        evidence=Evidence.TEACHER,
        at=at,
        actor=actor,
    )


def _said_by_teacher(enrolment: Enrolment, reason: str, actor) -> dict[str, str]:
    if not Enrolment.objects.taught_by(actor).filter(pk=enrolment.pk).exists():
        raise NotTheTeacher
    if not reason.strip():
        raise ReasonMissing
    return {"reason": reason.strip()}


def recompute_course(*, course_id: int) -> int:
    """Bring every kept state of a course up to its current revision; returns how many moved.

    Set-based, in batches of a transaction each; safe to run twice.
    """
    moved = 0
    behind = Enrolment.objects.active().filter(course_id=course_id)
    last_pk = 0
    while True:
        with transaction.atomic():
            next_ones = behind.filter(pk__gt=last_pk).order_by("pk")[:RECOMPUTE_BATCH]
            batch = list(with_progress(next_ones.lock()))
            if not batch:
                return moved
            last_pk = batch[-1].pk
            moved += _bring_up_to_date(batch)


def _bring_up_to_date(batch: Iterable[Enrolment]) -> int:
    states, completions = [], []
    for enrolment in batch:
        kept = getattr(enrolment, "state", None)
        if kept is None or kept.revision_n == enrolment.course.revision_n:
            continue
        state = state_of(enrolment)
        states.append(_row_of(enrolment, state))
        if state.finished is not None and kept.finished_at is None:
            completions.append(_completion_of(enrolment, state.epoch, state.finished))
    CourseState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["revision_n", "as_of_seq", "facts", "done", "required", "finished_at"],
    )
    Completion.objects.bulk_create(completions, ignore_conflicts=True)
    return len(states)


@transaction.atomic
def recompute(*, enrolment: Enrolment) -> LearnerState:
    """Replay the whole log of one place and keep the result."""
    enrolment, _seen = _locked(Enrolment.objects.filter(pk=enrolment.pk))
    state = replayed(enrolment)
    _keep(enrolment, state)
    _latch(enrolment, state)
    return state


def replayed(enrolment: Enrolment) -> LearnerState:
    """The state of a place from its whole log, by the definition (R16)."""
    since = enrolment.enrolled_revision_n
    return replay(log_of(enrolment), revisions_since(enrolment, since), enrolled_revision_n=since)


def _locked(
    places: EnrolmentQuerySet, uids: Collection[str] = ()
) -> tuple[Enrolment, dict[str, int]]:
    """The one place of ``places``, locked until the transaction ends, so that ``seq`` has no gaps.

    With it comes the ``seq`` of those events ``uids`` that are in its log already: one query reads
    both, since every event a child sends passes here (R11).

    Raises:
        Enrolment.DoesNotExist: there is none.
    """
    place = with_progress(places.lock())
    if not uids:
        return place.get(), {}
    known = FilteredRelation("events", condition=Q(events__uid__in=uids))
    rows = list(place.annotate(known=known, known_uid=F("known__uid"), known_seq=F("known__seq")))
    if not rows:
        raise Enrolment.DoesNotExist
    return rows[0], {str(row.known_uid): row.known_seq for row in rows if row.known_uid}


def _append(enrolment: Enrolment, state: LearnerState, events: list[Event]) -> LearnerState:
    if not events:
        return state
    Event.objects.bulk_create(events)
    if any(event.verb == Verb.RETRACTED for event in events):
        state = replayed(enrolment)
    else:
        state = advance(
            state,
            [entry_of(event) for event in events],
            revisions_since(enrolment, state.revision_n),
            enrolled_revision_n=enrolment.enrolled_revision_n,
        )
    by_learner = [event.effective_at for event in events if event.evidence != Evidence.TEACHER]
    _keep(enrolment, state, last_activity_at=max(by_learner, default=None))
    return state


def _keep(
    enrolment: Enrolment, state: LearnerState, *, last_activity_at: datetime | None = None
) -> None:
    kept = getattr(enrolment, "state", None)
    row = _row_of(enrolment, state)
    moments = [last_activity_at, kept.last_activity_at if kept else None]
    row.last_activity_at = max(filter(None, moments), default=None)
    is_news = kept is None or kept.finished_at != row.finished_at
    if kept is None:
        row.save(force_insert=True)
    else:
        row.save(force_update=True)
    enrolment.state = row
    if is_news:
        _latch(enrolment, state)


def _latch(enrolment: Enrolment, state: LearnerState) -> None:
    if state.finished is not None:
        completion = _completion_of(enrolment, state.epoch, state.finished)
        Completion.objects.bulk_create([completion], ignore_conflicts=True)


def _row_of(enrolment: Enrolment, state: LearnerState) -> CourseState:
    outline = outline_by_id(enrolment.course.current_revision_id)
    counts = count_steps(outline.steps, state, enrolled_revision_n=enrolment.enrolled_revision_n)
    return CourseState(
        enrolment=enrolment,
        revision_n=state.revision_n,
        as_of_seq=state.seq,
        facts=state_to_json(state),
        done=counts.done,
        required=counts.required,
        finished_at=state.finished.at if state.finished else None,
    )


def _completion_of(enrolment: Enrolment, epoch: int, finished: Finished) -> Completion:
    return Completion(
        enrolment=enrolment,
        epoch=epoch,
        revision_n=finished.revision_n,
        first_seq=finished.seq,
        by_revision=finished.by_revision,
        effective_at=finished.at,
    )
