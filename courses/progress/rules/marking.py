"""One sign for one lesson of one learner: a cell of the teacher's table.

Reads facts in their stored form (:func:`courses.progress.rules.state_to_json`): a table holds
thousands of cells, and building objects for all of them would cost more than the table.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from courses.progress.rules.facts import Evidence

StoredFacts = Mapping[str, Mapping[str, Any]]
"""Stored facts of a learner's steps by step uid."""

TRIES_BEFORE_HELP = 2


class Mark(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
    CHECKED = "checked"
    HELP = "help"
    NOT_REQUIRED = "not_required"


def mark_of(
    facts: StoredFacts, *, steps: Sequence[str], required: Sequence[str], waiting: Collection[str]
) -> Mark:
    """The sign of a lesson.

    ``steps`` are the uids of all its steps, ``required`` of those that count for this learner,
    ``waiting`` of those whose handed-in work waits for the teacher's answer. Help is needed where
    a work waits, and where a quiz or a package was tried twice and is not done.
    """
    if any(uid in waiting or _is_stuck(facts.get(uid)) for uid in steps):
        return Mark.HELP
    if not required:
        return Mark.NOT_REQUIRED
    done = [facts[uid]["done"] for uid in required if uid in facts and "done" in facts[uid]]
    if len(done) == len(required):
        by_teacher = any(evidence == Evidence.TEACHER for _at, evidence, _seq, _revision in done)
        return Mark.CHECKED if by_teacher else Mark.DONE
    return Mark.STARTED if any(uid in facts for uid in steps) else Mark.NOT_STARTED


def needs_help(facts: StoredFacts, *, steps: Collection[str], waiting: Collection[str]) -> bool:
    """Whether any lesson of the ``steps`` has the sign of help: a whole table asks this."""
    if any(uid in steps for uid in waiting):
        return True
    return any(uid in steps and _is_stuck(one) for uid, one in facts.items())


def _is_stuck(facts: Mapping[str, Any] | None) -> bool:
    if facts is None or "done" in facts:
        return False
    ended = sum(has_ended for _number, has_ended, *_result in facts.get("runs", {}).values())
    if ended >= TRIES_BEFORE_HELP:
        return True
    return len(facts.get("attempts", ())) >= TRIES_BEFORE_HELP and "best" in facts
