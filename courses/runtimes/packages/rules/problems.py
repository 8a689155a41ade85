"""What can be wrong with an archive, as codes; :mod:`courses.runtimes.packages.errors` has the
sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 20
"""So many problems of one code are listed; a last one says how many more there are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``path`` is the name in the archive, ``details`` the plain values that a sentence needs.

    A problem without a path whose details have ``more`` stands for so many others of its code.
    """

    code: str
    path: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As :attr:`PackageVersion.problems` keeps it."""
        return {"code": self.code, "path": self.path, "details": dict(self.details)}


def shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first :data:`MOST_LISTED` problems of each code, then how many more of it there are."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= MOST_LISTED:
            yield problem
    for code, times in seen.items():
        if times > MOST_LISTED:
            yield Problem(code, details={"more": times - MOST_LISTED})
