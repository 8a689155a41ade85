"""An outline: what one revision of a course asks of a learner, in order.

The JSON form is stored in ``CourseRevision.outline``; the dataclasses are what code reads.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any


class RuleKind(StrEnum):
    """What completes a step."""

    VIEWED = "viewed"
    DECLARED = "declared"
    WATCHED = "watched"
    COMPLETED = "completed"
    PASSED = "passed"
    ATTEMPTED = "attempted"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


class ScorePolicy(StrEnum):
    """Which of several attempts at a package gives the score."""

    HIGHEST = "highest"
    AVERAGE = "average"
    FIRST = "first"
    LAST = "last"


class AddedPolicy(StrEnum):
    """For whom a step added to a running course is required (progress rule R7)."""

    INITIAL = "initial"
    OPTIONAL_FOR_ACTIVE = "optional_for_active"
    REQUIRED_FOR_NEW = "required_for_new"
    REQUIRED_FOR_ALL_UNFINISHED = "required_for_all_unfinished"


class Change(StrEnum):
    """What publishing a changed lesson means for those who did its steps before (R7).

    ``major`` keeps what they did and shows "updated"; the two others ask them to do the changed
    steps again: those who have not finished the course, or everybody.
    """

    MINOR = "minor"
    MAJOR = "major"
    REDO_UNFINISHED = "redo_unfinished"
    REDO_ALL = "redo_all"


@dataclass(frozen=True, slots=True)
class Ages:
    """For whom a step is, in whole years, both included; ``None`` is no limit."""

    youngest: int | None
    oldest: int | None

    def include(self, age: int | None) -> bool:
        """Whether a learner of that age is meant; an adult (``None``) is older than any limit."""
        if age is None:
            return self.oldest is None
        return (self.youngest or 0) <= age and (self.oldest is None or age <= self.oldest)


@dataclass(frozen=True, slots=True)
class Update:
    """The last major change of a step: in which revision, what it means, and the editor's words."""

    revision_n: int
    change: Change
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What completes a step.

    ``percent`` is the share asked for, 0–100: of a recording watched, of a quiz's or a package's
    points. ``seconds`` is the length of the recording, for ``watched``. ``policy`` says which
    attempt at a package counts; a step that is no package has none.
    """

    kind: RuleKind
    percent: int = 0
    seconds: int = 0
    policy: ScorePolicy | None = None


@dataclass(frozen=True, slots=True)
class StepRef:
    """One step in an outline.

    ``version`` is the id of its ``StepVersion``, ``weight`` counts from 1, ``added_in`` is the
    number of the revision that first asked for the step, ``policy`` says for whom. ``ages`` are
    set where the step is for a part of the learners, ``update`` once it was changed in earnest.
    """

    uid: str
    version: int
    kind: str
    title: str
    required: bool
    weight: int
    rule: Rule
    added_in: int
    policy: AddedPolicy
    ages: Ages | None = None
    update: Update | None = None


@dataclass(frozen=True, slots=True)
class LessonRef:
    """One lesson: ``minutes`` of work, the three family fields, and its steps.

    ``available_from`` is an aware moment before which the lesson is closed, or ``None``.
    """

    uid: str
    title: str
    minutes: int
    can_now: str
    ask_at_home: str
    look_together: str
    available_from: datetime | None
    steps: tuple[StepRef, ...]


@dataclass(frozen=True, slots=True)
class ModuleRef:
    uid: str
    title: str
    lessons: tuple[LessonRef, ...]


@dataclass(frozen=True)
class Outline:
    """All that progress, players and tables read about a published course."""

    modules: tuple[ModuleRef, ...]

    @cached_property
    def lessons(self) -> tuple[LessonRef, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @cached_property
    def steps(self) -> tuple[StepRef, ...]:
        return tuple(step for lesson in self.lessons for step in lesson.steps)

    @cached_property
    def step_by_uid(self) -> Mapping[str, StepRef]:
        return {step.uid: step for step in self.steps}

    @cached_property
    def lesson_by_step(self) -> Mapping[str, LessonRef]:
        """The lesson of each step uid."""
        return {step.uid: lesson for lesson in self.lessons for step in lesson.steps}

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    def __iter__(self) -> Iterator[ModuleRef]:
        return iter(self.modules)


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """The JSON form: ``{"modules": [{"lessons": [{"steps": […]}]}]}``."""
    return {
        "modules": [
            {
                "uid": module.uid,
                "title": module.title,
                "lessons": [_lesson_to_json(lesson) for lesson in module.lessons],
            }
            for module in outline.modules
        ]
    }


def _lesson_to_json(lesson: LessonRef) -> dict[str, Any]:
    return {
        "uid": lesson.uid,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "can_now": lesson.can_now,
        "ask_at_home": lesson.ask_at_home,
        "look_together": lesson.look_together,
        "available_from": lesson.available_from.isoformat() if lesson.available_from else None,
        "steps": [_step_to_json(step) for step in lesson.steps],
    }


def _step_to_json(step: StepRef) -> dict[str, Any]:
    """What most steps do not have is left out, so that an old outline keeps its digest."""
    data: dict[str, Any] = {
        "uid": step.uid,
        "version": step.version,
        "kind": step.kind,
        "title": step.title,
        "required": step.required,
        "weight": step.weight,
        "rule": _rule_to_json(step.rule),
        "added_in": step.added_in,
        "policy": step.policy,
    }
    if step.ages is not None:
        data["ages"] = [step.ages.youngest, step.ages.oldest]
    if step.update is not None:
        data["update"] = [step.update.revision_n, step.update.change, step.update.reason]
    return data


def _rule_to_json(rule: Rule) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": rule.kind, "percent": rule.percent, "seconds": rule.seconds}
    return data if rule.policy is None else data | {"policy": rule.policy}


def outline_from_json(data: Mapping[str, Any]) -> Outline:
    """The outline of a stored JSON form; the inverse of :func:`outline_to_json`."""
    return Outline(
        modules=tuple(
            ModuleRef(
                uid=module["uid"],
                title=module["title"],
                lessons=tuple(_lesson_from_json(lesson) for lesson in module["lessons"]),
            )
            for module in data["modules"]
        )
    )


def _lesson_from_json(data: Mapping[str, Any]) -> LessonRef:
    available_from = data["available_from"]
    return LessonRef(
        uid=data["uid"],
        title=data["title"],
        minutes=data["minutes"],
        can_now=data["can_now"],
        ask_at_home=data["ask_at_home"],
        look_together=data["look_together"],
        available_from=datetime.fromisoformat(available_from) if available_from else None,
        steps=tuple(_step_from_json(step) for step in data["steps"]),
    )


def _step_from_json(data: Mapping[str, Any]) -> StepRef:
    update = data.get("update")
    return StepRef(
        uid=data["uid"],
        version=data["version"],
        kind=data["kind"],
        title=data["title"],
        required=data["required"],
        weight=data["weight"],
        rule=_rule_from_json(data["rule"]),
        added_in=data["added_in"],
        policy=AddedPolicy(data["policy"]),
        ages=Ages(*data["ages"]) if "ages" in data else None,
        update=Update(update[0], Change(update[1]), update[2]) if update is not None else None,
    )


def _rule_from_json(data: Mapping[str, Any]) -> Rule:
    return Rule(
        kind=RuleKind(data["kind"]),
        percent=data["percent"],
        seconds=data["seconds"],
        policy=ScorePolicy(data["policy"]) if "policy" in data else None,
    )
