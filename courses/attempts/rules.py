"""Decisions about attempts that need no database."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

EVENTS = uuid.UUID("0b7f4f0e-6d0a-5d0c-9a0f-6d2b6f1c9f52")
"""The namespace of the ids of events that attempts record."""


def new_seed() -> str:
    """A secret of 128 bits in 32 hexadecimal digits; the tokens of options are made from it."""
    return secrets.token_hex(16)


def event_uid(attempt_uid: str, what: str) -> str:
    """The id of the event that ``what`` happened in an attempt: the same whenever it is asked."""
    return str(uuid.uuid5(EVENTS, f"{attempt_uid}/{what}"))


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a quiz was tried and may be.

    ``verdicts`` holds for each attempt that counts whether it was passed, ``None`` while it is
    open. ``allowed`` is ``None`` for any number.
    """

    verdicts: Sequence[bool | None]
    allowed: int | None

    @property
    def left(self) -> int | None:
        """How many more may be started; ``None`` for any number."""
        return None if self.allowed is None else max(0, self.allowed - len(self.verdicts))

    @property
    def may_start(self) -> bool:
        return None not in self.verdicts and self.left != 0

    @property
    def answers_may_be_told(self) -> bool:
        """Right answers are told when there is nothing left to win by knowing them."""
        return None not in self.verdicts and (True in self.verdicts or self.left == 0)
