"""Questions of a quiz as their form shows them: fields, what was entered, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from courses.attempts.errors import BadAnswer
from courses.attempts.queries import AnsweredQuestion, QuizPage, quiz_page
from courses.lessons.models import StepVersion
from courses.lessons.rules import StepRef
from courses.progress.queries import Place
from courses.quizzes.rules import LearnerView

Data = Mapping[str, list[str]]
"""The form of one question, as the grader reads it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Answers that were sent and not taken; ``errors`` are sentences by question id."""

    data: Mapping[str, Data] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a match or an order: ``name`` is answered by one of the ``choices``."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question to answer. ``name`` is the field of the kinds that have but one."""

    id: str
    number: int
    kind: str
    text: str
    hint: str
    unit: str
    name: str
    typed: str
    choices: tuple[Choice, ...]
    fields: tuple[Field, ...]
    error: str


@dataclass(frozen=True, slots=True)
class QuizScreen:
    """``stage`` says what the screen is: ``start``, ``questions``, ``answered`` (what became of
    the one that was just answered), ``failed`` (over, another attempt is open) or ``over``.
    """

    stage: str
    page: QuizPage
    shown: tuple[ShownQuestion, ...] = ()
    answered: AnsweredQuestion | None = None

    @property
    def right(self) -> int:
        """How many answers are wholly right, once that may be told."""
        told = [one.feedback for one in self.page.answered if one.feedback is not None]
        return sum(feedback.grade.is_right for feedback in told)


def field_name(question_id: str, name: str) -> str:
    """The name of a question's field in a form that may hold several questions."""
    return f"{question_id}.{name}"


def data_of(form: QueryDict, question_id: str) -> dict[str, list[str]]:
    """The part of a form that answers one question."""
    prefix = field_name(question_id, "")
    return {
        name.removeprefix(prefix): values
        for name, values in form.lists()
        if name.startswith(prefix)
    }


def refused(form: QueryDict, errors: Mapping[str, BadAnswer]) -> Refused:
    """What to show again of ``form``."""
    return Refused(
        data={question_id: data_of(form, question_id) for question_id in form.getlist("question")},
        errors={question_id: str(error) for question_id, error in errors.items()},
    )


def quiz_screen(
    place: Place,
    step: StepRef,
    version: StepVersion,
    *,
    just_answered: str,
    one_by_one: bool,
    refused: Refused | None,
) -> QuizScreen:
    """What to show of a quiz; ``just_answered`` is the id of a question or empty."""
    page = quiz_page(place=place, step=step, version=version)
    answered = page.answered_to(just_answered) if just_answered else None
    if answered is not None:
        return QuizScreen("answered", page, answered=answered)
    if page.is_open:
        waiting = page.waiting[:1] if one_by_one else page.waiting
        first = page.number or 1
        shown = tuple(
            _shown(question, number, refused or Refused())
            for number, question in enumerate(waiting, start=first)
        )
        return QuizScreen("questions", page, shown=shown)
    if not page.is_finished:
        return QuizScreen("start" if page.may_start else "over", page)
    passed = page.attempt is not None and page.attempt.passed
    return QuizScreen("over" if passed or not page.may_start else "failed", page)


def _shown(view: LearnerView, number: int, refused: Refused) -> ShownQuestion:
    data = refused.data.get(view.id, {})
    chosen = data.get("answer", [])
    choices = tuple(
        Choice(option.token, option.text, option.token in chosen) for option in view.options
    )
    fields = tuple(
        Field(
            name=field_name(view.id, row.name),
            text=row.text,
            choices=tuple(
                Choice(option.token, option.text, option.token in data.get(row.name, []))
                for option in view.options
            ),
        )
        for row in view.rows
    )
    return ShownQuestion(
        id=view.id,
        number=number,
        kind=view.kind,
        text=view.text,
        hint=view.hint,
        unit=view.unit,
        name=field_name(view.id, "answer"),
        typed=chosen[0] if chosen else "",
        choices=choices,
        fields=fields,
        error=refused.errors.get(view.id, ""),
    )
