"""Sittings: a signed word on which page was opened when, which its events bring back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing

from courses.progress.rules import Sitting, read_device

SALT = "opora.sitting"
LONGEST = timedelta(hours=24)


def sitting_token(enrolment_uid: str, at: datetime) -> str:
    """Given to a page of the place at the aware moment ``at``, with a random number of its own."""
    return signing.dumps([enrolment_uid, int(at.timestamp()), uuid4().hex], salt=SALT)


def read_sitting(
    token: Any, *, enrolment_uid: str, sent_at: Any, device: Any, at: datetime
) -> Sitting | None:
    """The sitting of a batch that came at ``at``; ``None`` when the token is not of this place.

    ``sent_at`` is the client's clock in milliseconds since 1970, ``device`` the random number that
    the browser keeps. A page that was open for longer than a day, or whose events waited for the
    network that long, counts as a day.
    """
    try:
        owner, opened, uid = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, AttributeError, ValueError):
        return None
    if owner != enrolment_uid:
        return None
    started_at = max(datetime.fromtimestamp(opened, tz=UTC), at - LONGEST)
    return Sitting(
        started_at=min(started_at, at),
        offset=_offset(sent_at, at),
        uid=UUID(uid),
        device=read_device(device),
    )


def _offset(sent_at: Any, at: datetime) -> timedelta:
    if isinstance(sent_at, bool) or not isinstance(sent_at, int | float):
        return timedelta(0)
    try:
        return at - datetime.fromtimestamp(sent_at / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return timedelta(0)
