"""Who did it: an account by its random name, never a person by theirs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Account:
    """``learner`` is the random name of a learner on the site ``home_page``, an absolute IRL."""

    home_page: str
    learner: UUID

    def as_dict(self) -> dict[str, Any]:
        return {
            "objectType": "Agent",
            "account": {"homePage": self.home_page, "name": str(self.learner)},
        }
