"""The page of a finished course: what the learner can do now, and who vouches for it."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.catalogue.models import Audience
from courses.people.api import name_of
from courses.progress.queries import Place
from courses.progress.rules import Evidence
from courses.views.places import for_learner
from courses.views.presence import course_address

ORDER = (Evidence.TEACHER, Evidence.MACHINE_SERVER, Evidence.SELF, Evidence.SEEN)


@for_learner
@require_safe
def finished(request: HttpRequest, place: Place) -> HttpResponse:
    """Only for who has finished; everybody else goes on learning."""
    latch = place.state.finished
    if latch is None:
        return redirect(reverse("courses:resume", args=[place.enrolment.uid]))
    done = [lesson for lesson in place.outline.lessons if place.is_lesson_done(lesson)]
    context = {
        "course": place.enrolment.course,
        "enrolment": place.enrolment,
        "is_child": place.enrolment.course.audience == Audience.CHILD,
        "learner_name": name_of(place.enrolment.learner),
        "finished_at": latch.at,
        "can_now": [lesson.can_now for lesson in done if lesson.can_now],
        "evidence": _evidence(place),
        "course_address": course_address(request, place.enrolment.course),
    }
    return render(request, "courses/player/finished.html", context)


def _evidence(place: Place) -> list[tuple[str, int]]:
    """How many required steps each kind of witness vouches for, the strongest first."""
    counts = Counter(
        facts.done.evidence
        for step in place.outline.steps
        if place.is_required(step) and (facts := place.facts(step)) and facts.done
    )
    counts[Evidence.MACHINE_SERVER] += counts[Evidence.MACHINE_CLIENT]
    return [(evidence.value, counts[evidence]) for evidence in ORDER if counts[evidence]]
