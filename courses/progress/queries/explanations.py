"""Why a number is what it is: every counted step with its reason, date and who vouches (R19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from courses.enrolments.models import Enrolment
from courses.lessons.rules import LessonRef, StepRef
from courses.people.api import name_of
from courses.progress.models import Event
from courses.progress.queries.places import Place
from courses.progress.rules import Counts, Done, Run, Score, StepFacts, StepReason, Verb

TOLD = [Verb.OVERRIDDEN, Verb.RESET, Verb.IMPORTED, Verb.PINNED, Verb.REOPENED]


@dataclass(frozen=True, slots=True)
class TeachersWord:
    """Why a step was marked, reset or counted from elsewhere: the learner and the parents read it.

    ``by`` is empty where nobody is named; ``source`` says where it was learned, or is empty.
    ``revision_n`` is the edition that it speaks of, if it speaks of one.
    """

    verb: Verb
    reason: str
    source: str
    revision_n: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A step and why it counts, or does not; ``done`` is ``None`` while it is not done.

    ``score`` is what the attempts at a package came to, ``runs`` these attempts by number;
    ``is_updated`` while the learner has not been to a step that was changed in earnest.
    """

    step: StepRef
    facts: StepFacts | None
    reason: StepReason
    done: Done | None
    word: TeachersWord | None
    score: Score | None
    runs: tuple[Run, ...]
    is_updated: bool


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
    """``course_words`` is what was said of the whole course, the earliest first.

    That it was reset, that the learner keeps to an edition or follows the latest, that it was
    opened again: of each the last word.
    """

    lessons: tuple[ExplainedLesson, ...]
    course_words: tuple[TeachersWord, ...]


def explanation_of(place: Place) -> Explanation:
    """Every step of the place's course, explained: one query."""
    said = _said(place.enrolment)
    words = {str(event.step_id): _word(event) for event in said if event.step_id}
    lessons = tuple(
        ExplainedLesson(
            number=number,
            lesson=lesson,
            counts=place.count(lesson),
            steps=tuple(_explained(place, step, words) for step in lesson.steps),
        )
        for number, lesson in enumerate(place.outline.lessons, start=1)
    )
    return Explanation(lessons, _words_on_the_course(said))


def _explained(place: Place, step: StepRef, words: Mapping[str, TeachersWord]) -> ExplainedStep:
    facts = place.facts(step)
    return ExplainedStep(
        step=step,
        facts=facts,
        reason=place.reason(step),
        done=facts.done if facts is not None else None,
        word=words.get(step.uid),
        score=place.score(step),
        runs=tuple(sorted(facts.runs.values(), key=lambda run: run.number)) if facts else (),
        is_updated=place.is_updated(step),
    )


def _said(enrolment: Enrolment) -> list[Event]:
    """All that people said of the place, in order."""
    events = Event.objects.filter(enrolment=enrolment, verb__in=TOLD)
    return list(events.select_related("actor__opora_child").order_by("seq"))


def _words_on_the_course(said: Iterable[Event]) -> tuple[TeachersWord, ...]:
    last = {event.verb: event for event in said if event.step_id is None}
    return tuple(_word(event) for event in sorted(last.values(), key=lambda event: event.seq))


def _word(event: Event) -> TeachersWord:
    return TeachersWord(
        verb=Verb(event.verb),
        reason=event.payload["reason"],
        source=event.payload.get("source", ""),
        revision_n=event.payload.get("revision"),
        by=name_of(event.actor) if event.actor else "",
        at=event.effective_at,
    )
