"""The stored form of a learner's state: JSON beside the columns that the database compares."""

from datetime import datetime
from typing import Any

from courses.progress.rules.facts import (
    Done,
    Evidence,
    Finished,
    LearnerState,
    Reopened,
    StepFacts,
)
from courses.progress.rules.scores import Run, Score


def state_to_json(state: LearnerState) -> dict[str, Any]:
    """The stored form; empty facts are left out, since a table reads thousands of rows."""
    data: dict[str, Any] = {
        "floor": state.floor,
        "floors": state.floors,
        "started_revision_n": state.started_revision_n,
        "steps": {uid: _facts_to_json(facts) for uid, facts in state.steps.items()},
        "finished": _finished_to_json(state.finished),
    }
    if state.reopened is not None:
        data["reopened"] = [state.reopened.at.isoformat(), state.reopened.reason]
    if state.pinned_n is not None:
        data["pinned_n"] = state.pinned_n
    return data


def state_from_json(data: dict[str, Any], *, revision_n: int, seq: int, epoch: int) -> LearnerState:
    """The inverse of :func:`state_to_json`; the numbers are kept in columns of their own."""
    finished, reopened = data["finished"], data.get("reopened")
    return LearnerState(
        revision_n=revision_n,
        seq=seq,
        epoch=epoch,
        floor=data["floor"],
        floors=dict(data["floors"]),
        started_revision_n=data["started_revision_n"],
        steps={uid: _facts_from_json(facts) for uid, facts in data["steps"].items()},
        finished=_finished_from_json(finished) if finished else None,
        reopened=Reopened(datetime.fromisoformat(reopened[0]), reopened[1]) if reopened else None,
        pinned_n=data.get("pinned_n"),
    )


def _finished_to_json(finished: Finished | None) -> dict[str, Any] | None:
    if finished is None:
        return None
    return {
        "at": finished.at.isoformat(),
        "revision_n": finished.revision_n,
        "seq": finished.seq,
        "by_revision": finished.by_revision,
        "epoch": finished.epoch,
    }


def _finished_from_json(data: dict[str, Any]) -> Finished:
    return Finished(
        at=datetime.fromisoformat(data["at"]),
        revision_n=data["revision_n"],
        seq=data["seq"],
        by_revision=data["by_revision"],
        epoch=data["epoch"],
    )


def _facts_to_json(facts: StepFacts) -> dict[str, Any]:
    data: dict[str, Any] = {
        "first_seq": facts.first_seq,
        "last_seq": facts.last_seq,
        "last_at": facts.last_at.isoformat(),
        "viewed": facts.viewed,
        "declared": facts.declared,
        "watched": [list(interval) for interval in facts.watched],
        "position": facts.position,
        "attempts": sorted(facts.attempts),
        "best": facts.best and [facts.best.earned, facts.best.possible],
        "last": facts.last and [facts.last.earned, facts.last.possible],
        "runs": {uid: _run_to_json(run) for uid, run in facts.runs.items()},
        "completed": facts.completed,
        "submitted": facts.submitted,
        "accepted": facts.accepted,
        "overridden": facts.overridden,
        "imported": facts.imported,
        "done": facts.done
        and [facts.done.at.isoformat(), facts.done.evidence, facts.done.seq, facts.done.revision_n],
    }
    return {
        name: value
        for name, value in data.items()
        if value not in (None, [], {}) and (value is not False or name == "accepted")
    }


def _facts_from_json(data: dict[str, Any]) -> StepFacts:
    done = data.get("done")
    return StepFacts(
        first_seq=data["first_seq"],
        last_seq=data["last_seq"],
        last_at=datetime.fromisoformat(data["last_at"]),
        viewed=data.get("viewed", False),
        declared=data.get("declared", False),
        watched=tuple((start, end) for start, end in data.get("watched", ())),
        position=data.get("position"),
        attempts=frozenset(data.get("attempts", ())),
        best=Score(*data["best"]) if "best" in data else None,
        last=Score(*data["last"]) if "last" in data else None,
        runs={uid: _run_from_json(run) for uid, run in data.get("runs", {}).items()},
        completed=data.get("completed", False),
        submitted=data.get("submitted", 0),
        accepted=data.get("accepted"),
        overridden=data.get("overridden", False),
        imported=Evidence(data["imported"]) if "imported" in data else None,
        done=None
        if done is None
        else Done(datetime.fromisoformat(done[0]), Evidence(done[1]), done[2], done[3]),
    )


def _run_to_json(run: Run) -> list[Any]:
    """``[number, ended, passed]``, and ``earned, possible`` where there is a score."""
    score = [run.score.earned, run.score.possible] if run.score else []
    return [run.number, run.has_ended, run.passed, *score]


def _run_from_json(data: list[Any]) -> Run:
    number, has_ended, passed, *score = data
    return Run(number, has_ended, passed, Score(*score) if score else None)
