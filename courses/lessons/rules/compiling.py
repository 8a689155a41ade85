"""From an editor's draft to an outline: naming steps, carrying history over, finding problems."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from courses.lessons.rules.outline import (
    AddedPolicy,
    Ages,
    Change,
    LessonRef,
    ModuleRef,
    Outline,
    Rule,
    RuleKind,
    ScorePolicy,
    StepRef,
    Update,
)

WATCHED_PERCENT = 90

Place = tuple[str, str]
"""A lesson uid and a block id."""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A block of a lesson: ``content`` is its raw StreamField value."""

    block_id: str
    kind: str
    title: str
    required: bool
    weight: int
    rule: Rule
    content: Mapping[str, Any]
    ages: Ages | None = None


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """``change`` is what the editor says of the steps that changed, ``reason`` is for learners."""

    uid: str
    title: str
    minutes: int
    can_now: str
    ask_at_home: str
    look_together: str
    available_from: datetime | None
    steps: tuple[StepDraft, ...]
    change: Change = Change.MINOR
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    uid: str
    title: str
    lessons: tuple[LessonDraft, ...]


@dataclass(frozen=True, slots=True)
class CourseDraft:
    modules: tuple[ModuleDraft, ...]

    def places(self) -> Iterator[tuple[LessonDraft, StepDraft]]:
        """Every step with its lesson, in order."""
        for module in self.modules:
            for lesson in module.lessons:
                for step in lesson.steps:
                    yield lesson, step


def rule_of(content: Mapping[str, Any]) -> Rule:
    """The completion rule in a step's raw value; ``score_policy`` is in that of a package."""
    kind = RuleKind(content["completion"])
    policy = ScorePolicy(content["score_policy"]) if "score_policy" in content else None
    if kind is RuleKind.WATCHED:
        return Rule(kind, WATCHED_PERCENT, content.get("duration_seconds") or 0)
    if kind is RuleKind.PASSED:
        return Rule(kind, content["pass_percent"], policy=policy)
    return Rule(kind, policy=policy)


def ages_of(content: Mapping[str, Any]) -> Ages | None:
    """For whom a step is by its raw value; ``None`` for everybody."""
    youngest, oldest = content.get("age_from"), content.get("age_to")
    return None if youngest is None and oldest is None else Ages(youngest, oldest)


def find_problems(draft: CourseDraft) -> list[tuple[str, str]]:
    """All that keeps a course from being published: ``(code, title of the place)`` pairs.

    Codes: ``no_lessons``, ``empty_lesson``, ``nothing_required``. A module without lessons is no
    problem: learners do not see it.
    """
    lessons = [lesson for module in draft.modules for lesson in module.lessons]
    if not lessons:
        return [("no_lessons", "")]
    problems = [("empty_lesson", lesson.title) for lesson in lessons if not lesson.steps]
    if not problems and not any(step.required for _lesson, step in draft.places()):
        problems.append(("nothing_required", ""))
    return problems


def name_steps(
    draft: CourseDraft,
    *,
    course_uid: uuid.UUID,
    known: Mapping[Place, str],
    taken: Collection[str],
) -> list[str]:
    """The uid of every step of ``draft``, in the order of :meth:`CourseDraft.places`.

    ``known`` maps ``(lesson uid, block id)`` to the uid given at an earlier publishing of this
    course; ``taken`` holds the uids that exist anywhere. A block keeps its uid; one that moved to
    another lesson takes it along; a new block's own id becomes its uid unless it is taken (pages
    copied by Wagtail keep block ids), then the uid is derived from the place, so that compiling
    again gives the same one.
    """
    here = {(lesson.uid, step.block_id) for lesson, step in draft.places()}
    left_behind = {
        block_id: uid
        for (lesson_uid, block_id), uid in known.items()
        if (lesson_uid, block_id) not in here
    }
    used: set[str] = set()
    given = set(known.values())
    names = []
    for lesson, step in draft.places():
        candidates = [known.get((lesson.uid, step.block_id)), left_behind.get(step.block_id)]
        if step.block_id not in taken:
            candidates.append(step.block_id)
        name = next((uid for uid in candidates if uid is not None and uid not in used), None)
        if name is None:
            derived = (
                str(uuid.uuid5(course_uid, f"{lesson.uid}/{step.block_id}/{copy}"))
                for copy in count(1)
            )
            name = next(uid for uid in derived if uid not in used and uid not in given)
        used.add(name)
        names.append(name)
    return names


def compile_outline(
    draft: CourseDraft,
    *,
    names: list[str],
    versions: list[int],
    earlier: Mapping[str, StepRef],
    n: int,
    policy: AddedPolicy,
) -> Outline:
    """The outline of revision ``n``.

    ``names`` and ``versions`` give the uid and the ``StepVersion`` id of every step in order.
    ``earlier`` maps a uid to the step as it stood in the latest revision that had it: since when
    and for whom it is asked is carried over, also when it was removed for a while. ``policy`` is
    for the steps that no earlier revision asked for. A step whose version is another one than
    before was changed as its lesson says.
    """
    places = iter(zip(names, versions, strict=True))
    first_policy = AddedPolicy.INITIAL if n == 1 else policy

    def step_ref(step: StepDraft, lesson: LessonDraft) -> StepRef:
        uid, version = next(places)
        before = earlier.get(uid)
        if before is None or (step.required and not before.required):
            added_in, added_policy = n, first_policy
        else:
            added_in, added_policy = before.added_in, before.policy
        update = before.update if before is not None else None
        if before is not None and before.version != version and lesson.change is not Change.MINOR:
            update = Update(n, lesson.change, lesson.reason)
        return StepRef(
            uid=uid,
            version=version,
            kind=step.kind,
            title=step.title,
            required=step.required,
            weight=step.weight,
            rule=step.rule,
            added_in=added_in,
            policy=added_policy,
            ages=step.ages,
            update=update,
        )

    return Outline(
        modules=tuple(
            ModuleRef(
                uid=module.uid,
                title=module.title,
                lessons=tuple(
                    LessonRef(
                        uid=lesson.uid,
                        title=lesson.title,
                        minutes=lesson.minutes,
                        can_now=lesson.can_now,
                        ask_at_home=lesson.ask_at_home,
                        look_together=lesson.look_together,
                        available_from=lesson.available_from,
                        steps=tuple(step_ref(step, lesson) for step in lesson.steps),
                    )
                    for lesson in module.lessons
                ),
            )
            for module in draft.modules
            if module.lessons
        )
    )
