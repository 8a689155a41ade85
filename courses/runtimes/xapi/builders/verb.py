"""What was done: verbs of ADL's vocabulary."""

from enum import Enum
from typing import Any

VOCABULARY = "http://adlnet.gov/expapi/verbs/"


class Verb(Enum):
    ATTEMPTED = "attempted"
    """An attempt has begun."""
    ANSWERED = "answered"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"
    SCORED = "scored"

    @property
    def iri(self) -> str:
        return VOCABULARY + self.value

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.iri, "display": {"en-US": self.value}}
