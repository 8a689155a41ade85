"""Taking in what a learner's browser sends (R10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum

from courses.enrolments.models import Enrolment
from courses.progress.models import Event
from courses.progress.operations.appending import append, locked
from courses.progress.queries import Place, place_of
from courses.progress.rules import (
    EventDraft,
    Rejection,
    Sitting,
    effective_moment,
    is_too_fast,
    read_event,
)


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
    own = Enrolment.objects.of_learner(learner).active().filter(uid=enrolment_uid)
    claims = any(isinstance(draft, EventDraft) and draft.watched_seconds for draft in read)
    # In the query that reads the place: films report every ten seconds.
    earlier = {"watched_before": _watched_in(sitting)} if claims else {}
    enrolment, seen = locked(own, uids, **earlier)
    place = place_of(enrolment)
    events: list[Event] = []
    outcomes: list[Outcome] = []
    watched = getattr(enrolment, "watched_before", None) or 0.0
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
    return outcomes, append(place, events)


def _watched_in(sitting: Sitting) -> Subquery:
    """Seconds of watching that earlier batches of the sitting have claimed, for each place."""
    claimed = Event.objects.filter(
        enrolment=OuterRef("pk"), session_id=sitting.uid, watched_seconds__isnull=False
    )
    total = claimed.order_by().values("enrolment").annotate(total=Sum("watched_seconds"))
    return Subquery(total.values("total"))


def _why_not(
    draft: EventDraft, place: Place, sitting: Sitting, at: datetime, *, watched_before: float
) -> Rejection | None:
    """Why the event is not taken; ``watched_before`` is claimed by the sitting so far, seconds."""
    lesson = place.outline.lesson_by_step.get(draft.step_uid)
    if lesson is None:
        return Rejection.STEP_GONE
    if not place.is_open(lesson, at):
        return Rejection.LESSON_CLOSED
    if draft.watched_seconds and is_too_fast(
        watched_before + draft.watched_seconds, sitting=sitting, received_at=at
    ):
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
        revision_n=enrolment.revision_n,
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
        device_id=sitting.device,
        session_id=sitting.uid,
        client_seq=draft.number,
        watched_seconds=draft.watched_seconds or None,
    )
