"""Reading events that a browser sends: shape, limits, trust and time (R10, R12, R14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from courses.progress.rules.facts import Evidence, Verb

MAX_BATCH = 200
MAX_INTERVALS = 100
MAX_SECONDS = 24 * 60 * 60
CLOCK_TOLERANCE = timedelta(minutes=5)
FASTEST_PLAYBACK = 2.0
"""No player of ours offers a higher speed."""
WATCHING_SLACK_SECONDS = 15.0

EVIDENCE_BY_VERB = {
    Verb.VIEWED: Evidence.SEEN,
    Verb.PROGRESSED: Evidence.MACHINE_CLIENT,
    Verb.DECLARED_DONE: Evidence.SELF,
}
"""What a learner's browser may say; everything else is said by the server or a teacher."""


class Rejection(StrEnum):
    """Why one event of a batch was not taken; the client drops it."""

    MALFORMED = "malformed"
    NOT_ALLOWED = "not_allowed"
    STEP_GONE = "step_gone"
    LESSON_CLOSED = "lesson_closed"
    TOO_FAST = "too_fast"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """A well-formed event; ``client_time`` is aware, ``epoch`` is the one that the page knew.

    ``number`` is the event's own among those of its page.
    """

    uid: str
    step_uid: str
    verb: Verb
    payload: Mapping[str, Any]
    epoch: int | None
    client_time: datetime | None
    number: int | None

    @property
    def evidence(self) -> Evidence:
        return EVIDENCE_BY_VERB[self.verb]

    @property
    def watched_seconds(self) -> float:
        return sum(end - start for start, end in self.payload.get("intervals", ()))


@dataclass(frozen=True, slots=True)
class Sitting:
    """One open page of a learner, by the server's clock: when it began, how far its clock is off.

    ``offset`` is server minus client, measured when the batch was sent. ``uid`` is the random
    number that the server gave the page, ``device`` one that the browser keeps, if it does.
    """

    started_at: datetime
    offset: timedelta
    uid: UUID
    device: UUID | None = None

    @property
    def clock_is_suspect(self) -> bool:
        return abs(self.offset) > CLOCK_TOLERANCE


def read_batch(data: Any) -> list[Any] | None:
    """The raw events of ``{"events": […]}``; ``None`` unless a list of at most 200."""
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list) or len(events) > MAX_BATCH:
        return None
    return events


def read_event(raw: Any) -> EventDraft | Rejection:
    """Check one raw event; it may hold ``id step verb intervals position epoch time n``."""
    if not isinstance(raw, dict):
        return Rejection.MALFORMED
    uid, step_uid = _uuid(raw.get("id")), _uuid(raw.get("step"))
    if uid is None or step_uid is None:
        return Rejection.MALFORMED
    try:
        verb = Verb(str(raw.get("verb")))
    except ValueError:
        return Rejection.MALFORMED
    if verb not in EVIDENCE_BY_VERB:
        return Rejection.NOT_ALLOWED
    payload = _payload(raw) if verb is Verb.PROGRESSED else {}
    epoch, number = raw.get("epoch"), raw.get("n")
    if payload is None or not all(it is None or _is_whole(it) for it in (epoch, number)):
        return Rejection.MALFORMED
    return EventDraft(uid, step_uid, verb, payload, epoch, _moment(raw.get("time")), number)


def effective_moment(
    client_time: datetime | None, *, sitting: Sitting, enrolled_at: datetime, received_at: datetime
) -> datetime:
    """R12: the client's moment by the server's clock, within the sitting and before receipt."""
    if client_time is None:
        return received_at
    earliest = min(max(enrolled_at, sitting.started_at), received_at)
    latest = received_at
    try:
        moment = client_time + sitting.offset
    except OverflowError:
        return latest
    return min(max(moment, earliest), latest)


def is_too_fast(watched_seconds: float, *, sitting: Sitting, received_at: datetime) -> bool:
    """Whether more was watched than the page has been open, at the fastest playback."""
    open_seconds = (received_at - sitting.started_at).total_seconds()
    return watched_seconds > open_seconds * FASTEST_PLAYBACK + WATCHING_SLACK_SECONDS


def _payload(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    intervals = raw.get("intervals", [])
    if not isinstance(intervals, list) or len(intervals) > MAX_INTERVALS:
        return None
    for pair in intervals:
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_second, pair)):
            return None
        if pair[0] >= pair[1]:
            return None
    payload: dict[str, Any] = {}
    if intervals:
        payload["intervals"] = [[round(a, 1), round(b, 1)] for a, b in intervals]
    position = raw.get("position")
    if position is not None:
        if not _is_second(position):
            return None
        payload["position"] = round(position, 1)
    return payload


def _is_second(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= MAX_SECONDS


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def read_device(value: Any) -> UUID | None:
    """The browser's random number; anything else is nobody's, and no event is lost for it."""
    uid = _uuid(value)
    return UUID(uid) if uid is not None else None


def _uuid(value: Any) -> str | None:
    try:
        return str(UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """A moment from milliseconds since 1970 in UTC; ``None`` where there is no such moment."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None
