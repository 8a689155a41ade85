"""Words and signs of the pages about courses and records."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.auth.views import redirect_to_login
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.attempts.models import QuizAttempt
from courses.attempts.queries import localised_quiz
from courses.catalogue.models import Course
from courses.lessons.models import StepVersion
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import LessonRef
from courses.pages.queries import LessonRow
from courses.people.api import name_of
from courses.progress.queries import Place
from courses.progress.rules import AddedSteps, Mark, Reopened, StepReason
from courses.quizzes.rules import LearnerView, Score
from courses.views.presence import course_picture
from courses.views.screens import title_of
from courses.views.words import (
    LESSON_STATES,
    MARKS,
    REASONS,
    answer_in_words,
    attempt_in_words,
    rule_in_words,
    run_in_words,
    score_in_words,
    time_in_words,
)

register = template.Library()
register.filter("step_title", title_of)
register.filter("name_of", name_of)
register.filter("rule_words", rule_in_words)
register.filter("score_words", score_in_words)
register.filter("run_words", run_in_words)
register.filter("played", attempt_in_words)
register.filter("answered", answer_in_words)
register.filter("lasted", time_in_words)

TELLING_KINDS = ("video", "audio", "task", "checklist")
"""Kinds of step that tell one lesson from another, the most telling first."""


ROWS_KEPT = 20_000
ADDRESS = "@address@"
"""Stands in a kept row where each reader's own address comes."""


@register.simple_tag
def lesson_row(row: LessonRow, revision_id: object, with_state: bool) -> SafeString:
    """A lesson in the programme: kept by revision, because only addresses differ by reader.

    ``revision_id`` is empty for a draft, of which nothing is kept.
    """
    code = row.state if with_state or row.state == "closed" else ""
    look = Look(code, has_address=row.address is not None, is_updated=row.is_updated)
    if not revision_id:
        html = _render_row(row.lesson, look)
    else:
        html = _kept_row(revision_id, row.lesson.uid, look, get_language())
    return mark_safe(html.replace(ADDRESS, escape(row.address)))  # noqa: S308 - from our template


@dataclass(frozen=True, slots=True)
class Look:
    """All that makes the row of a lesson look different for different readers."""

    state: str
    has_address: bool
    is_updated: bool


@lru_cache(maxsize=ROWS_KEPT)
def _kept_row(revision_id: object, lesson_uid: str, look: Look, _language: str) -> str:
    lessons = outline_by_id(revision_id).lessons
    lesson = next(one for one in lessons if one.uid == lesson_uid)
    return _render_row(lesson, look)


def _render_row(lesson: LessonRef, look: Look) -> str:
    context = {
        "lesson": lesson,
        "state": LESSON_STATES[look.state] if look.state else "",
        "address": ADDRESS if look.has_address else "",
        "is_updated": look.is_updated,
    }
    return render_to_string("courses/pages/lesson_row.html", context)


@register.simple_tag(takes_context=True, name="course_picture")
def shown_course_picture(context: dict[str, Any], course: Course) -> SafeString:
    """The cover of a course on a card."""
    return mark_safe(course_picture(context["request"], course))  # noqa: S308 - our template


@register.simple_tag
def added_lately(place: Place) -> AddedSteps | None:
    """Steps that the course began to ask of everybody in the last 14 days."""
    return place.added_lately(timezone.now())


@register.simple_tag
def reopened_lately(place: Place) -> Reopened | None:
    """Why a finished course was opened again in the last 14 days."""
    return place.reopened_lately(timezone.now())


@register.simple_tag
def sign_in_address(way_back: str) -> str:
    """Where to sign in, and come back to ``way_back``."""
    return redirect_to_login(way_back).url


@register.filter
def lesson_icon(lesson: LessonRef) -> str:
    """The icon of a lesson: of its most telling step, of a quiz that is all of it, or of a text."""
    kinds = [step.kind for step in lesson.steps]
    told = next((kind for kind in TELLING_KINDS if kind in kinds), None)
    if told is None and "quiz" in kinds and len(kinds) <= 2:
        return "quiz"
    return told or "text"


@register.filter
def reason_words(reason: StepReason) -> str:
    """Why a step counts, or does not, in words."""
    return str(REASONS[reason])


@register.filter
def attempt_percent(attempt: QuizAttempt) -> int:
    """The score of a finished attempt, 0–100, rounded down."""
    return Score(attempt.earned, attempt.possible).percent or 0


@register.filter
def first_name(name: str) -> str:
    """``"Masha"`` for ``"Masha S."``."""
    return name.split(" ", 1)[0]


@register.filter
def initials(name: str) -> str:
    """Up to two capital letters for a face without a photo."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.filter
def questions_to_read(block) -> list[LearnerView]:
    """The questions of a quiz block as a page may show them: without the keys."""
    version = StepVersion(content=block.get_prep_value()["value"])
    return [one.learner_view("to read") for one in localised_quiz(version).questions]


@register.simple_tag
def mark(code: str) -> SafeString:
    """A sign of the teacher's table with its word beside it."""
    return format_html(
        '<span class="mark mark--{}" aria-hidden="true"></span> {}', code, MARKS[Mark(code)]
    )


@register.simple_tag
def mark_cells(marks: Iterable[Mark], enrolment_uid: str) -> SafeString:
    """The cells of a learner's row; each leads to its lesson on the learner's page.

    Joined from ready pieces, because a table has thousands of cells.
    """
    pieces = {
        code: (
            f'<td><a class="mark mark--{code}" tabindex="-1" href="{enrolment_uid}/#lesson-',
            f'"><span>{word}</span></a></td>',
        )
        for code, word in MARKS.items()
    }
    cells = []
    for number, code in enumerate(marks, start=1):
        before, after = pieces[code]
        cells.append(f"{before}{number}{after}")
    return mark_safe("".join(cells))  # noqa: S308 - our own codes and words, and a random id
