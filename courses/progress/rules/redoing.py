"""Steps that an editor changed so much that they have to be done again (R7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from courses.lessons.rules import Change
from courses.progress.rules.facts import LearnerState
from courses.progress.rules.folding import Revision


@dataclass(frozen=True, slots=True)
class Redo:
    """Revision ``revision_n`` asks for a step anew, also of those who had finished the course."""

    revision_n: int
    asks_finished: bool
    reason: str
    published_at: datetime


def redos_of(revisions: Iterable[Revision]) -> dict[str, Redo]:
    """The last time that each step was asked for anew, by step uid."""
    redos: dict[str, Redo] = {}
    for revision in revisions:
        for step in revision.outline.steps:
            update = step.update
            if update is None or update.revision_n != revision.n:
                continue
            if update.change in {Change.REDO_UNFINISHED, Change.REDO_ALL}:
                asks_finished = update.change is Change.REDO_ALL
                redo = Redo(revision.n, asks_finished, update.reason, revision.published_at)
                redos[step.uid] = redo
    return redos


def asked_again(redos: Mapping[str, Redo], state: LearnerState) -> dict[str, Redo]:
    """Those of the steps that this learner has done, and whose redoing is for such learners."""
    return {
        uid: redo
        for uid, redo in redos.items()
        if (facts := state.steps.get(uid)) is not None
        and facts.done is not None
        and (state.finished is None or redo.asks_finished)
    }
