"""The learner's home, and the page that explains a number."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.enrolments.models import Enrolment
from courses.people.api import child_of, name_of, roles_of
from courses.progress.queries import explanation_of, place_of, with_progress
from courses.submissions.queries import comments_on
from courses.views.access import signed_in
from courses.views.cards import cards_of
from courses.views.presence import catalogue_address

ANSWERS_SHOWN = 3
ANSWERS_SHOWN_FOR = timedelta(days=14)


@signed_in
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """One course to go on with, the others below it, and what the teacher answered lately."""
    at = timezone.now()
    user: Any = request.user
    is_child = child_of(user) is not None
    cards = cards_of([user], at=at)[user.pk]
    going = [card for card in cards if not card.is_finished]
    enrolments = [card.place.enrolment for card in cards]
    context = {
        "name": name_of(user),
        "is_child": is_child,
        "roles": None if is_child else roles_of(user, at=at),
        "current": going[0] if going else None,
        "others": going[1:],
        "finished": [card for card in cards if card.is_finished],
        "catalogue_address": catalogue_address(request) if not going else "",
        "answers": comments_on(enrolments, most=ANSWERS_SHOWN, since=at - ANSWERS_SHOWN_FOR),
    }
    return render(request, "courses/my/my.html", context)


@signed_in
@require_safe
def why(request: HttpRequest, enrolment_uid: str) -> HttpResponse:
    """Every counted step with its rule, date and who vouches, for all who may see the place."""
    places = with_progress(Enrolment.objects.visible_to(request.user, timezone.now()))
    enrolment = get_object_or_404(
        places.select_related("learner__opora_child", "course__teacher"), uid=enrolment_uid
    )
    place = place_of(enrolment)
    context = {
        "place": place,
        "counts": place.counts,
        "explanation": explanation_of(place),
        "learner_name": name_of(enrolment.learner),
        "is_own": enrolment.learner_id == request.user.pk,
        "is_teacher": _teaches(request.user, enrolment),
        "is_child": child_of(request.user) is not None,
        "child": child_of(enrolment.learner),
        "weighs": any(step.weight != 1 for step in place.outline.steps),
    }
    return render(request, "courses/my/why.html", context)


def _teaches(user, enrolment: Enrolment) -> bool:
    teacher = enrolment.course.teacher
    return teacher is not None and teacher.user_id == user.pk
