"""Why a number is what it is: every counted step with its reason, date and who vouches (R19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from courses.enrolments.models import Enrolment
from courses.lessons.rules import LessonRef, StepRef
from courses.people.api import name_of
from courses.progress.models import Event
from courses.progress.queries.places import Place
from courses.progress.rules import Counts, Done, StepFacts, StepReason, Verb


@dataclass(frozen=True, slots=True)
class TeachersWord:
    """Why a teacher marked a step, or reset it: the learner and the parents read it."""

    verb: Verb
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A step and why it counts, or does not; ``done`` is ``None`` while it is not done."""

    step: StepRef
    facts: StepFacts | None
    reason: StepReason
    done: Done | None
    word: TeachersWord | None


@dataclass(frozen=True, slots=True)
class ExplainedLesson:
    """A lesson with its steps done of those required; ``number`` counts from 1."""

    number: int
    lesson: LessonRef
    counts: Counts
    steps: tuple[ExplainedStep, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether something was done here and something required is left."""
        begun = any(one.facts is not None for one in self.steps)
        return begun and self.counts.done < self.counts.required


@dataclass(frozen=True, slots=True)
class Explanation:
    """``course_word`` is why a teacher reset the whole course, if that was done."""

    lessons: tuple[ExplainedLesson, ...]
    course_word: TeachersWord | None


def explanation_of(place: Place) -> Explanation:
    """Every step of the place's course, explained: one query."""
    words = _teachers_words(place.enrolment)
    lessons = tuple(
        ExplainedLesson(
            number=number,
            lesson=lesson,
            counts=place.count(lesson),
            steps=tuple(_explained(place, step, words) for step in lesson.steps),
        )
        for number, lesson in enumerate(place.outline.lessons, start=1)
    )
    return Explanation(lessons, words.get(None))


def _explained(
    place: Place, step: StepRef, words: Mapping[str | None, TeachersWord]
) -> ExplainedStep:
    facts = place.facts(step)
    return ExplainedStep(
        step=step,
        facts=facts,
        reason=place.reason(step),
        done=facts.done if facts is not None else None,
        word=words.get(step.uid),
    )


def _teachers_words(enrolment: Enrolment) -> dict[str | None, TeachersWord]:
    """The latest word on each step uid, and under ``None`` on the course."""
    said = (
        Event.objects.filter(enrolment=enrolment, verb__in=[Verb.OVERRIDDEN, Verb.RESET])
        .select_related("actor__opora_child")
        .order_by("seq")
    )
    return {
        str(event.step_id) if event.step_id else None: TeachersWord(
            verb=Verb(event.verb),
            reason=event.payload["reason"],
            by=name_of(event.actor) if event.actor else "",
            at=event.effective_at,
        )
        for event in said
    }
