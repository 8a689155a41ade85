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
    PASSED = "passed"
    ATTEMPTED = "attempted"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


class AddedPolicy(StrEnum):
    """For whom a step added to a running course is required (progress rule R7)."""

    INITIAL = "initial"
    OPTIONAL_FOR_ACTIVE = "optional_for_active"
    REQUIRED_FOR_NEW = "required_for_new"
    REQUIRED_FOR_ALL_UNFINISHED = "required_for_all_unfinished"


@dataclass(frozen=True, slots=True)
class Rule:
    """``percent`` is the share asked for, 0–100: of a recording watched, of a quiz's points."""

    kind: RuleKind
    percent: int = 0
    seconds: int = 0
    """Length of the recording, for ``watched``."""


@dataclass(frozen=True, slots=True)
class StepRef:
    """One step in an outline.

    ``version`` is the id of its ``StepVersion``, ``weight`` counts from 1, ``added_in`` is the
    number of the revision that first asked for the step, ``policy`` says for whom.
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
        "steps": [
            {
                "uid": step.uid,
                "version": step.version,
                "kind": step.kind,
                "title": step.title,
                "required": step.required,
                "weight": step.weight,
                "rule": {
                    "kind": step.rule.kind,
                    "percent": step.rule.percent,
                    "seconds": step.rule.seconds,
                },
                "added_in": step.added_in,
                "policy": step.policy,
            }
            for step in lesson.steps
        ],
    }


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
        steps=tuple(
            StepRef(
                uid=step["uid"],
                version=step["version"],
                kind=step["kind"],
                title=step["title"],
                required=step["required"],
                weight=step["weight"],
                rule=Rule(
                    kind=RuleKind(step["rule"]["kind"]),
                    percent=step["rule"]["percent"],
                    seconds=step["rule"]["seconds"],
                ),
                added_in=step["added_in"],
                policy=AddedPolicy(step["policy"]),
            )
            for step in data["steps"]
        ),
    )
