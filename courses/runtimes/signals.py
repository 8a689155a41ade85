"""The one way out: what became of an attempt, told to whoever keeps a learner's progress."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class AttemptReport:
    """How an attempt stands after it has moved.

    ``place`` and ``step`` are what the launch was opened for, in the words of whoever opened it.
    ``completed`` and ``passed`` are separate facts; ``passed`` is ``None`` while unknown.
    ``earned`` of ``possible`` are whole hundredths of a point, both ``None`` without a score.
    ``move`` numbers the reports of one attempt from 1, so that a receiver can tell a repetition.
    """

    place: str
    step: UUID
    epoch: int
    attempt: str
    number: int
    move: int
    is_finished: bool
    completed: bool
    passed: bool | None
    earned: int | None
    possible: int | None
    at: datetime


attempt_moved = Signal()
"""Sent with ``report=AttemptReport`` in the transaction that changed the attempt."""
