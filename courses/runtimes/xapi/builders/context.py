"""In what circumstances: which attempt, which version, what is above it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.runtimes.xapi.builders.activity import Activity


@dataclass(frozen=True, slots=True)
class Context:
    """``registration`` names the attempt, ``revision`` the version of the package.

    ``parents`` are directly above the object, ``grouping`` further up.
    """

    registration: UUID
    revision: str = ""
    platform: str = ""
    parents: tuple[Activity, ...] = ()
    grouping: tuple[Activity, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        told: dict[str, Any] = {"registration": str(self.registration)}
        if self.revision:
            told["revision"] = self.revision
        if self.platform:
            told["platform"] = self.platform
        above = {
            "parent": [activity.as_dict() for activity in self.parents],
            "grouping": [activity.as_dict() for activity in self.grouping],
        }
        activities = {name: found for name, found in above.items() if found}
        if activities:
            told["contextActivities"] = activities
        return told
