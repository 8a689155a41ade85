"""The teacher's rooms: courses, the table of a course, one learner, works to answer."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.attempts.models import QuizAttempt
from courses.attempts.queries import finished_attempts
from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.lessons.components import value_of
from courses.lessons.queries import outline_by_id
from courses.people.api import Teacher, name_of
from courses.progress.errors import ProgressRefusal
from courses.progress.operations import import_results, mark_done, pin, reset, unpin
from courses.progress.queries import (
    Chosen,
    Place,
    courses_with_counts,
    every_row,
    explanation_of,
    place_of,
    progress_table,
    with_progress,
)
from courses.progress.queries.explanations import ExplainedStep
from courses.submissions.errors import SubmissionRefusal, WorkReplaced
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import answer
from courses.submissions.queries import (
    waiting_for,
    waiting_steps,
    works_of,
    works_taught_by,
)
from courses.views.access import signed_in
from courses.views.export import table_file

WORKS_SHOWN = 10


@signed_in
@require_safe
def teaching(request: HttpRequest) -> HttpResponse:
    """The courses that the person teaches, and the works that wait for an answer.

    Raises:
        Http404: the person is no teacher.
    """
    get_object_or_404(Teacher, user=request.user)
    waiting = list(waiting_for(request.user))
    waits = Counter(work.enrolment.course_id for work in waiting)
    courses = courses_with_counts(request.user, at=timezone.now())
    context = {
        "courses": [(course, waits[course.pk]) for course in courses],
        "works": waiting[:WORKS_SHOWN],
        "works_total": len(waiting),
    }
    return render(request, "courses/teaching/teaching.html", context)


def taught_course(user, course_id: str) -> Course:
    """The published course of that public id that ``user`` teaches.

    Raises:
        Http404: it is somebody else's, or there is nothing in it.
    """
    taught = Course.objects.taught_by(user).filter(current_revision__isnull=False)
    courses = taught.select_related("current_revision", "topic").defer("current_revision__outline")
    return get_object_or_404(courses, public_id=course_id)


@signed_in
@require_safe
def course_table(request: HttpRequest, course_id: str) -> HttpResponse:
    """Learners by lessons; ``?show=`` narrows it to a :class:`Chosen`, ``?page=`` turns it."""
    course = taught_course(request.user, course_id)
    wished = request.GET.get("show", "")
    page = request.GET.get("page", "")
    waiting = waiting_steps(course)
    table = progress_table(
        course,
        waiting=waiting,
        chosen=Chosen(wished) if wished in set(Chosen) else Chosen.ALL,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        at=timezone.now(),
    )
    context = {
        "course": course,
        "table": table,
        "chosen": wished,
        "works_total": sum(len(steps) for steps in waiting.values()),
    }
    return render(request, "courses/teaching/table.html", context)


@signed_in
@require_safe
def table_export(request: HttpRequest, course_id: str) -> HttpResponse:
    """The whole table as a file for a spreadsheet."""
    course = taught_course(request.user, course_id)
    rows = every_row(course, waiting=waiting_steps(course))
    return table_file(course, outline_by_id(course.current_revision_id), rows)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step on the learner's page with the finished attempts at it and the works for it."""

    explained: ExplainedStep
    attempts: list[QuizAttempt]
    works: list[TaskSubmission]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def learner(request: HttpRequest, course_id: str, enrolment_uid: str) -> HttpResponse:
    """One learner's steps, times, scores and works; POST: the teacher's tick, or a new start."""
    course = taught_course(request.user, course_id)
    places = with_progress(Enrolment.objects.taught_by(request.user).filter(course=course))
    enrolment = get_object_or_404(places.select_related("learner__opora_child"), uid=enrolment_uid)
    if request.method == "POST":
        return _act(request, enrolment)
    place = place_of(enrolment)
    context = {
        "course": course,
        "name": name_of(enrolment.learner),
        "place": place,
        "counts": place.counts,
        **_records(place),
    }
    return render(request, "courses/teaching/learner.html", context)


def _act(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Do the ``action`` for the ``reason`` given, to the ``step`` where it is about one.

    ``mark`` and ``import`` count the step as done, ``reset`` begins it anew; ``pin`` keeps the
    learner to the edition that they work by now, ``unpin`` lets them follow the latest.
    """
    step_uid = request.POST.get("step", "")
    action = request.POST.get("action", "")
    said: dict[str, Any] = {
        "enrolment": enrolment,
        "reason": request.POST.get("reason", ""),
        "actor": request.user,
        "at": timezone.now(),
    }
    if action not in {"pin", "unpin"} and step_uid not in place_of(enrolment).outline.step_by_uid:
        messages.warning(request, _("This step is no longer in the course."))
        return redirect(request.path)
    try:
        if action == "pin":
            pin(revision_n=enrolment.revision_n, **said)
        elif action == "unpin":
            unpin(**said)
        elif action == "mark":
            mark_done(step_uid=step_uid, **said)
        elif action == "import":
            import_results(step_uids=[step_uid], source=request.POST.get("source", ""), **said)
        else:
            reset(step_uid=step_uid, **said)
    except ProgressRefusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down. The learner and the parents see the reason."))
    return redirect(f"{request.path}#step-{step_uid}" if step_uid else request.path)


def _records(place: Place) -> dict[str, Any]:
    """``lessons``, each with the records of its steps, and ``course_words``.

    Three queries, whatever the number of steps.
    """
    attempts: dict[str, list[QuizAttempt]] = defaultdict(list)
    for attempt in finished_attempts(place.enrolment):
        attempts[str(attempt.step_id)].append(attempt)
    works: dict[str, list[TaskSubmission]] = defaultdict(list)
    for work in works_of(place.enrolment):
        works[str(work.step_id)].append(work)
    explanation = explanation_of(place)
    lessons = [
        (
            explained,
            [
                StepRecord(step, attempts[step.step.uid], works[step.step.uid])
                for step in explained.steps
            ],
        )
        for explained in explanation.lessons
    ]
    return {"lessons": lessons, "course_words": explanation.course_words}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, submission_uid: str) -> HttpResponse:
    """A handed-in work; POST: accept it, or return it with a comment."""
    taught = works_taught_by(request.user)
    work = get_object_or_404(taught, uid=submission_uid)
    others = waiting_for(request.user).exclude(pk=work.pk)
    context: dict[str, Any] = {
        "work": work,
        "name": name_of(work.enrolment.learner),
        "instructions": value_of(work.step_version)["instructions"],
        "earlier": [one for one in works_of(work.enrolment) if _is_earlier(one, work)],
        "next": others.first(),
        "comment": work.comment,
    }
    if request.method != "POST":
        return render(request, "courses/teaching/submission.html", context)
    comment = request.POST.get("comment", "").replace("\0", "")
    accepted = request.POST.get("action") == "accept"
    try:
        if request.POST.get("seen") != work.submitted_at.isoformat() and work.is_waiting:
            raise WorkReplaced
        answer(
            submission=work,
            accepted=accepted,
            comment=comment,
            actor=request.user,
            at=timezone.now(),
        )
    except (SubmissionRefusal, ProgressRefusal) as refusal:
        work.refresh_from_db()
        context |= {"comment": comment, "error": str(refusal)}
        return render(request, "courses/teaching/submission.html", context, status=422)
    sentence = _("Accepted: %(name)s.") if accepted else _("Returned: %(name)s.")
    messages.success(request, sentence % {"name": context["name"]})
    if context["next"] is not None:
        return redirect("courses:teaching_submission", submission_uid=context["next"].uid)
    return redirect("courses:teaching_course", course_id=work.enrolment.course.public_id)


def _is_earlier(one: TaskSubmission, work: TaskSubmission) -> bool:
    return one.step_id == work.step_id and one.number < work.number
