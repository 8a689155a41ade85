"""A published quiz, and what a learner does with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.attempts.operations import answer_question, start_attempt
from courses.attempts.queries import QuizPage, localised_quiz, quiz_page
from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.lessons.models import StepVersion
from courses.lessons.rules import CourseDraft, Rule, RuleKind
from courses.progress.queries import Place, place_of, with_progress
from courses.progress.rules import StepFacts
from courses.quizzes.rules import Quiz
from tests.courses.conftest import (
    NOON,
    block_id,
    course_of,
    draft_of_steps,
    lesson_of,
    publish,
    text_step,
)
from tests.courses.quizzes.samples import VALUES, right_form, wrong_form

QUIZ, TEXT = block_id("quiz"), block_id("text")
NO_QUIZ = draft_of_steps("text")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def draft_of_quiz(
    *kinds: str,
    available_from: datetime | None = None,
    changes: dict[str, Any] | None = None,
    **settings: Any,
) -> CourseDraft:
    """A lesson of a text and a quiz; ``changes`` go to every question, ``settings`` to the quiz."""
    content = {
        "pass_percent": 60,
        "feedback": "each",
        **settings,
        "questions": [
            {
                "type": kind,
                "id": f"q-{kind}",
                "value": {
                    "text": f"Вопрос {kind}?",
                    "explanation": "ТАЙНА вопроса",
                    **VALUES[kind],
                    **(changes or {}),
                },
            }
            for kind in kinds
        ],
    }
    passed = Rule(RuleKind.PASSED, percent=content["pass_percent"])
    quiz = text_step("quiz", kind="quiz", rule=passed, content=content)
    return course_of(lesson_of([text_step("text"), quiz], available_from=available_from))


@dataclass
class LearnersPlace:
    """A learner's place on a course with a quiz; each thing they do takes a minute."""

    course: Course
    enrolment: Enrolment
    clock: Iterator[datetime] = field(
        default_factory=lambda: (NOON + timedelta(minutes=n) for n in range(1, 10_000))
    )

    def publish(self, draft: CourseDraft) -> None:
        publish(self.course, draft)

    def start(self, *, actor=None, at: datetime | None = None, step_uid: str = QUIZ) -> QuizAttempt:
        return start_attempt(
            enrolment=self.enrolment,
            step_uid=step_uid,
            actor=actor or self.enrolment.learner,
            at=at or next(self.clock),
        )

    def answer(
        self, attempt: QuizAttempt, kind: str, data=None, *, actor=None, wrongly: bool = False
    ) -> QuizAnswer:
        question = self.quiz_of(attempt).question(f"q-{kind}")
        if data is None:
            data = (wrong_form if wrongly else right_form)(question, attempt.seed)
        return answer_question(
            attempt=attempt,
            question_id=f"q-{kind}",
            data=data,
            actor=actor or self.enrolment.learner,
            at=next(self.clock),
        )

    def quiz_of(self, attempt: QuizAttempt) -> Quiz:
        return localised_quiz(StepVersion.objects.get(pk=attempt.step_version_id))

    def try_all(self, *, wrongly: bool = False) -> QuizAttempt:
        """A whole attempt, from the start to the last answer."""
        attempt = self.start()
        for question in self.quiz_of(attempt).questions:
            self.answer(attempt, question.kind, wrongly=wrongly)
        attempt.refresh_from_db()
        return attempt

    @property
    def now(self) -> Place:
        return place_of(with_progress(Enrolment.objects.filter(pk=self.enrolment.pk)).get())

    @property
    def facts(self) -> StepFacts:
        return self.now.state.steps[QUIZ]

    @property
    def page(self) -> QuizPage:
        place = self.now
        step = place.outline.step_by_uid[QUIZ]
        version = StepVersion.objects.get(pk=step.version)
        return quiz_page(place=place, step=step, version=version)


@pytest.fixture
def place(a_course, a_place) -> Callable[..., LearnersPlace]:
    """``place("single", "number", attempts_allowed=2)``: a learner where such a quiz is."""

    def make(*kinds: str, **settings: Any) -> LearnersPlace:
        course = a_course(draft=draft_of_quiz(*kinds, **settings))
        return LearnersPlace(course, a_place(course))

    return make
