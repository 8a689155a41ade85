"""From the states of a package's items to the three facts of the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.runtimes.scorm.core.manifest import Item, ItemKind, Manifest
from courses.runtimes.scorm.core.scores import Score, mean
from courses.runtimes.scorm.core.state import Judgement, ScoState


@dataclass(frozen=True, slots=True)
class Facts:
    """What a learner has reached in a package.

    ``completed`` and ``judgement`` are separate, as in 2004: a package may be worked through to the
    end and failed. ``score`` is the best one of each item, the items together by their weights.
    ``done`` of ``counted`` items are complete. ``hundredths`` of a second were spent.
    """

    completed: bool
    judgement: Judgement
    score: Score | None
    done: int
    counted: int
    hundredths: int

    @property
    def passed(self) -> bool | None:
        return {Judgement.PASSED: True, Judgement.FAILED: False}.get(self.judgement)


def rolled_up(manifest: Manifest, states: Mapping[str, ScoState]) -> Facts:
    """The facts of the package; ``states`` by the identifiers of its items.

    It is complete when every counted item is, failed when one that counts for success is failed,
    and passed when it is complete and at least one is passed. Of the manifest's own rules the plain
    ones are followed: items that are not tracked, or kept out of their parents' completion or
    success, and the weights of scores. Rules with conditions are the sequencer's, in the browser.
    """
    counted = [item for item in manifest.counted if _says(item, "rollupProgressCompletion")]
    done = sum(_state(states, item).completed for item in counted)
    completed = bool(counted) and done == len(counted)
    judged = [
        _state(states, item).judgement
        for item in manifest.counted
        if _says(item, "rollupObjectiveSatisfied")
    ]
    return Facts(
        completed=completed,
        judgement=_together(judged, completed=completed),
        score=_score(manifest, states),
        done=done,
        counted=len(counted),
        hundredths=sum(state.hundredths for state in states.values()),
    )


def _together(judged: list[Judgement], *, completed: bool) -> Judgement:
    if Judgement.FAILED in judged:
        return Judgement.FAILED
    if completed and Judgement.PASSED in judged:
        return Judgement.PASSED
    return Judgement.UNKNOWN


def _score(manifest: Manifest, states: Mapping[str, ScoState]) -> Score | None:
    """The mean over the items that have told one: lessons without a score do not thin a test."""
    return mean(
        [
            (state.best, _weight(item))
            for item in manifest.launchable
            if item.kind is ItemKind.SCO and (state := _state(states, item)).best is not None
        ]
    )


def _state(states: Mapping[str, ScoState], item: Item) -> ScoState:
    return states.get(item.identifier, _UNTOUCHED)


_UNTOUCHED = ScoState()


def _controls(item: Item) -> Mapping[str, Any]:
    return item.sequencing.get("sequencingControls", {})


def _says(item: Item, control: str) -> bool:
    """Whether the item is tracked and its ``control`` is not switched off."""
    is_tracked = item.sequencing.get("deliveryControls", {}).get("tracked", True)
    return is_tracked and _controls(item).get(control, True)


def _weight(item: Item) -> Decimal:
    return Decimal(str(_controls(item).get("objectiveMeasureWeight", 1)))
