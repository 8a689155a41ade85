"""What the page of a step that plays a package shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.lessons.models import StepVersion
from courses.lessons.queries import package_of
from courses.lessons.rules import RuleKind, StepRef
from courses.progress.queries import Place
from courses.progress.rules import Run
from courses.runtimes.api import Package

HEIGHT = 480
"""Pixels, until the content tells its own height."""


@dataclass(frozen=True, slots=True)
class PackageScreen:
    """``package`` is ``None`` where it was taken away; ``runs`` are the learner's, oldest first;
    ``may_declare`` where the learner's own word completes the step.
    """

    package: Package | None
    height: int
    runs: Sequence[Run]
    may_declare: bool

    @property
    def can_play(self) -> bool:
        return self.package is not None and self.package.current_id is not None

    @property
    def may_begin_again(self) -> bool:
        return self.can_play and bool(self.runs) and self.runs[-1].has_ended


def package_screen(place: Place, step: StepRef, version: StepVersion) -> PackageScreen:
    """One query."""
    package = package_of(version)
    reports = bool(package and package.current and package.current.facts.get("reports_results"))
    facts = place.facts(step)
    is_done = facts is not None and facts.done is not None
    asks_word = step.rule.kind is RuleKind.DECLARED
    # Content that never reports would keep the child here for ever (progress rule R14).
    speaks_for_it = step.rule.kind is RuleKind.COMPLETED and not reports
    return PackageScreen(
        package=package,
        height=version.content.get("height") or HEIGHT,
        runs=sorted(facts.runs.values(), key=lambda run: run.number) if facts else (),
        may_declare=not is_done and (asks_word or speaks_for_it),
    )


def counted_epoch(place: Place, step: StepRef) -> int:
    """The epoch of the step's last reset: attempts from before it are history."""
    return place.state.floor_of(step.uid)
