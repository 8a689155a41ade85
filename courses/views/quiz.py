"""Starting a quiz and answering its questions."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from courses.attempts.errors import AttemptRefusal, BadAnswer
from courses.attempts.models import QuizAttempt
from courses.attempts.operations import answer_question, start_attempt
from courses.progress.errors import StepGone
from courses.progress.queries import Place
from courses.views.places import for_learner
from courses.views.player import opened
from courses.views.questions import data_of, refused
from courses.views.screens import Entered, step_address, step_screen


@for_learner
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:
    """Take a start, or the answers to one or more questions; the step's page shows the result."""
    step = opened(place, step_uid, timezone.now())
    address = step_address(place, step)
    if step.kind != "quiz":
        raise StepGone
    if request.method != "POST":
        return redirect(address)
    try:
        if "attempt" not in request.POST:
            start_attempt(
                enrolment=place.enrolment,
                step_uid=step_uid,
                actor=request.user,
                at=timezone.now(),
            )
            return redirect(f"{address}#quiz")
        errors = _answer(request, place, step_uid)
    except AttemptRefusal as refusal:
        messages.info(request, str(refusal))
        return redirect(address)
    if errors:
        return step_screen(
            request, place, step, entered=Entered(answers=refused(request.POST, errors))
        )
    asked = request.POST.getlist("question")
    query = f"?{urlencode({'answered': asked[0]})}" if len(asked) == 1 else ""
    return redirect(f"{address}{query}#result")


def _answer(request: HttpRequest, place: Place, step_uid: str) -> dict[str, BadAnswer]:
    """Take all answers of the form or, where some cannot be read, none: those by question id."""
    attempts = QuizAttempt.objects.of_quiz(place.enrolment, step_uid).select_related("enrolment")
    attempt = get_object_or_404(attempts, uid=request.POST["attempt"])
    errors: dict[str, BadAnswer] = {}
    with transaction.atomic():
        for question_id in request.POST.getlist("question"):
            try:
                answer_question(
                    attempt=attempt,
                    question_id=question_id,
                    data=data_of(request.POST, question_id),
                    actor=request.user,
                    at=timezone.now(),
                )
            except BadAnswer as error:
                errors[question_id] = error
        if errors:
            transaction.set_rollback(True)
    return errors
