"""A statement: who did what with what, how it went, in what circumstances, when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from courses.runtimes.xapi.builders.activity import Activity
from courses.runtimes.xapi.builders.actor import Account
from courses.runtimes.xapi.builders.context import Context
from courses.runtimes.xapi.builders.result import Result
from courses.runtimes.xapi.builders.verb import Verb

STATEMENTS = UUID("3f6f2a0e-6d2b-5c0e-9a55-0c1f6a0f4b7e")
"""The namespace of the ids of statements."""


def statement_id(*event: object) -> UUID:
    """The id of the statement that tells of this event: told twice, it is one statement."""
    return uuid5(STATEMENTS, "\n".join(str(part) for part in event))


@dataclass(frozen=True, slots=True)
class Statement:
    """``at`` knows its time zone. What an LRS adds (stored, authority, version) is not here."""

    id: UUID
    actor: Account
    verb: Verb
    object: Activity
    context: Context
    at: datetime
    result: Result | None = None

    def as_dict(self) -> dict[str, Any]:
        """The statement in JSON, valid by 1.0.3 and by 2.0."""
        told: dict[str, Any] = {
            "id": str(self.id),
            "actor": self.actor.as_dict(),
            "verb": self.verb.as_dict(),
            "object": self.object.as_dict(),
            "context": self.context.as_dict(),
            "timestamp": self.at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        }
        result = self.result.as_dict() if self.result is not None else None
        return {**told, "result": result} if result else told
