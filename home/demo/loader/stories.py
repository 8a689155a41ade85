"""What the people of the demonstration have done, at believable moments."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from courses.api import (
    Enrolment,
    Evidence,
    Place,
    Verb,
    answer,
    answer_question,
    enrol,
    hand_in,
    localised_quiz,
    place_of,
    record,
    start_attempt,
    with_progress,
)
from home.demo.content import contents
from home.demo.loader.answers import form_for
from home.demo.loader.calendar import days_before, days_of_sittings
from home.demo.loader.courses import course_of
from home.demo.loader.games import play

A_STEP = timedelta(minutes=3)
A_QUESTION = timedelta(seconds=40)
A_GAME = timedelta(minutes=6)
A_REST = timedelta(minutes=15)
"""Between two lessons of one day, and after a quiz is begun."""
TEACHER_ANSWERS_AT = time(10, 20)
EVENINGS = (time(15, 10), time(16, 25), time(17, 40), time(18, 5), time(19, 15))
"""When learners sit down; each has an hour of their own."""

Doing = tuple[datetime, Callable[[], object]]
"""A moment and what is done at it."""


def live_stories(accounts: Mapping[str, Any], *, at: datetime) -> None:
    """Let everybody enrol, learn, answer and be answered during the weeks before ``at``."""
    for index, story in enumerate(contents("people")["stories"]):
        learner = accounts[story["learner"]]
        course: Any = course_of(story["course"])
        hour = EVENINGS[index % len(EVENINGS)]
        enrolment = enrol(
            learner=learner,
            course=course,
            actor=accounts[story.get("enrolled_by", story["learner"])],
            at=days_before(at, story["enrolled"], hour) - A_REST,
        )
        place = place_of(with_progress(Enrolment.objects.filter(pk=enrolment.pk)).get())
        Story(story, place, learner, course.teacher.user, hour, luck=index, at=at).live()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A lesson that somebody sat down to: ``number`` is "2.4", ``steps`` what they did of it."""

    number: str
    steps: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One enrolment; ``data`` is explained in the head of ``people.toml``.

    ``luck`` decides which questions are answered wrong, so that every load is the same.
    """

    data: Mapping[str, Any]
    place: Place
    learner: Any
    teacher: Any
    hour: time
    luck: int
    at: datetime

    def live(self) -> None:
        """Do everything in the order of its moments."""
        for _moment, act in sorted(self._doings(), key=lambda doing: doing[0]):
            act()

    def _doings(self) -> Iterator[Doing]:
        sittings = self._sittings()
        if not sittings:
            return
        answers = self._answers()
        days = days_of_sittings(
            len(sittings),
            first=self.data["enrolled"],
            last=self.data["last_seen"],
            fixed={
                index: answers[sitting.number]["sent"]
                for index, sitting in enumerate(sittings)
                if sitting.number in answers
            },
        )
        free_from = self.place.enrolment.enrolled_at
        for sitting, day in zip(sittings, days, strict=True):
            begins_at = max(days_before(self.at, day, self.hour), free_from)
            for step in sitting.steps:
                doings = list(self._step(step, sitting.number, begins_at))
                yield from doings
                begins_at = doings[-1][0] + (A_REST if step.kind == "quiz" else A_STEP)
            free_from = begins_at + A_REST
        if days[-1] > self.data["last_seen"]:
            came_back_at = days_before(self.at, self.data["last_seen"], self.hour)
            yield came_back_at, self._record(sittings[-1].steps[0], Verb.VIEWED, {}, came_back_at)

    def _sittings(self) -> list[Sitting]:
        """The lessons that were begun, in order, each with the steps that were done."""
        sittings: list[Sitting] = []
        is_over = "through" not in self.data
        for number, lesson in self._lessons():
            if is_over:
                begun = self._begun_steps(number, lesson)
                return [*sittings, Sitting(number, begun)] if begun else sittings
            done = tuple(step for step in lesson.steps if self._is_done(step, number))
            sittings.append(Sitting(number, done))
            is_over = number == self.data["through"]
        return sittings

    def _lessons(self) -> Iterator[tuple[str, Any]]:
        for module_number, module in enumerate(self.place.outline.modules, start=1):
            for lesson_number, lesson in enumerate(module.lessons, start=1):
                yield f"{module_number}.{lesson_number}", lesson

    def _begun_steps(self, number: str, lesson: Any) -> tuple[Any, ...]:
        """Of the lesson after ``through``: the first steps, a quiz with a score, a sent work."""
        more = self.data.get("more_steps", 0)
        named = {"quiz": number in self.data.get("scores", {}), "task": number in self._answers()}
        return tuple(
            step
            for index, step in enumerate(lesson.steps)
            if (index < more and self._is_done(step, number)) or named.get(step.kind)
        )

    def _is_done(self, step: Any, number: str) -> bool:
        """A task is done where the story has an answer to it, anything else always."""
        return step.kind != "task" or number in self._answers()

    def _answers(self) -> dict[str, Mapping[str, Any]]:
        return {given["lesson"]: given for given in self.data.get("answers", ())}

    def _step(self, step: Any, number: str, at: datetime) -> Iterator[Doing]:
        """All that is done about one step, from the moment ``at`` on."""
        match step.kind:
            case "quiz":
                for percent in self.data.get("scores", {}).get(number, [100]):
                    yield at, partial(self._attempt, step, percent, at)
                    at += A_REST
            case "task":
                yield from self._task(step, self._answers()[number], at)
            case "package":
                yield at, self._record(step, Verb.VIEWED, {}, at)
                end = at + A_GAME
                yield end, partial(play, self.place.enrolment, step, luck=self.luck, at=end)
            case "video" | "audio":
                end = at + timedelta(seconds=step.rule.seconds)
                payload = {"intervals": [[0, step.rule.seconds]], "position": 0}
                yield end, self._record(step, Verb.PROGRESSED, payload, end)
            case _:
                yield at, self._record(step, Verb.VIEWED, {}, at)
                if step.rule.kind == "declared":
                    at += A_STEP
                    yield at, self._record(step, Verb.DECLARED_DONE, {}, at)

    def _record(self, step: Any, verb: Verb, payload: dict, at: datetime) -> Callable[[], object]:
        evidence = {
            Verb.VIEWED: Evidence.SEEN,
            Verb.DECLARED_DONE: Evidence.SELF,
            Verb.PROGRESSED: Evidence.MACHINE_CLIENT,
        }
        return partial(
            record,
            enrolment=self.place.enrolment,
            step_uid=step.uid,
            verb=verb,
            payload=payload,
            evidence=evidence[verb],
            at=at,
        )

    def _attempt(self, step: Any, percent: int, at: datetime) -> None:
        attempt = start_attempt(
            enrolment=self.place.enrolment, step_uid=step.uid, actor=self.learner, at=at
        )
        questions = localised_quiz(attempt.step_version).questions
        missed = round(len(questions) * (100 - percent) / 100)
        for index, question in enumerate(questions):
            luck = (index + self.luck * 3 + attempt.number) % len(questions)
            answer_question(
                attempt=attempt,
                question_id=question.id,
                data=form_for(question, attempt.seed, right=luck >= missed),
                actor=self.learner,
                at=at + A_QUESTION * (index + 1),
            )

    def _task(self, step: Any, given: Mapping[str, Any], at: datetime) -> Iterator[Doing]:
        work: list[Any] = []

        def send() -> None:
            work.append(
                hand_in(
                    enrolment=self.place.enrolment, step=step, text=given["text"], file=None, at=at
                )
            )

        def review() -> None:
            answer(
                submission=work[0],
                accepted=given["state"] == "accepted",
                comment=given["comment"],
                actor=self.teacher,
                at=reviewed_at,
            )

        yield at, send
        if given["state"] != "submitted":
            reviewed_at = days_before(self.at, given["reviewed"], TEACHER_ANSWERS_AT)
            yield reviewed_at, review
