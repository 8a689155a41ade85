"""Sittings: a signed word on when a page was opened, which its events bring back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from courses.progress.rules import Sitting

SALT = "opora.sitting"
LONGEST = timedelta(hours=24)


def sitting_token(enrolment_uid: str, at: datetime) -> str:
    """Given to a page of the place at the aware moment ``at``."""
    return signing.dumps([enrolment_uid, int(at.timestamp())], salt=SALT)


def read_sitting(token: Any, *, enrolment_uid: str, sent_at: Any, at: datetime) -> Sitting | None:
    """The sitting of a batch that came at ``at``; ``None`` when the token is not of this place.

    ``sent_at`` is the client's clock in milliseconds since 1970. A page that was open for longer
    than a day, or whose events waited for the network that long, counts as a day.
    """
    try:
        owner, opened = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, AttributeError, ValueError):
        return None
    if owner != enrolment_uid:
        return None
    started_at = max(datetime.fromtimestamp(opened, tz=UTC), at - LONGEST)
    return Sitting(started_at=min(started_at, at), offset=_offset(sent_at, at))


def _offset(sent_at: Any, at: datetime) -> timedelta:
    if isinstance(sent_at, bool) or not isinstance(sent_at, int | float):
        return timedelta(0)
    try:
        return at - datetime.fromtimestamp(sent_at / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return timedelta(0)
