"""What it was done with: a package, a question in it, a step of a lesson."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any


class ActivityType(Enum):
    PACKAGE = "http://adlnet.gov/expapi/activities/assessment"
    QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
    STEP = "http://adlnet.gov/expapi/activities/lesson"


class InteractionType(StrEnum):
    """The kinds of questions that xAPI knows (1.0.3, Data 2.4.4.1)."""

    TRUE_FALSE = "true-false"
    CHOICE = "choice"
    FILL_IN = "fill-in"
    LONG_FILL_IN = "long-fill-in"
    MATCHING = "matching"
    PERFORMANCE = "performance"
    SEQUENCING = "sequencing"
    LIKERT = "likert"
    NUMERIC = "numeric"
    OTHER = "other"

    @classmethod
    def of(cls, kind: str) -> "InteractionType":
        """The type of that name; xAPI calls any that it does not know "other"."""
        return next((one for one in cls if one.value == kind), cls.OTHER)


@dataclass(frozen=True, slots=True)
class Activity:
    """``iri`` is absolute and stays; ``name`` is in ``language``, a tag of RFC 5646.

    A question has an ``interaction`` and, where it is known, the ``right`` answer.
    """

    iri: str
    type: ActivityType
    name: str = ""
    language: str = "und"
    interaction: InteractionType | None = None
    right: str = ""

    def as_dict(self) -> dict[str, Any]:
        definition: dict[str, Any] = {"type": self.type.value}
        if self.name:
            definition["name"] = {self.language: self.name}
        if self.interaction is not None:
            definition["interactionType"] = self.interaction.value
            if self.right:
                definition["correctResponsesPattern"] = [self.right]
        return {"objectType": "Activity", "id": self.iri, "definition": definition}
