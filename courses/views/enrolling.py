"""Taking a place on a course, for oneself or for a child in one's care."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.catalogue.models import Course
from courses.enrolments import operations
from courses.enrolments.errors import EnrolmentRefusal
from courses.people.api import ChildProfile, name_of
from courses.views.access import signed_in
from courses.views.presence import course_address


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, course_id: str) -> HttpResponse:
    """POST: enrol the person, or the child whose ``child`` uid was sent; GET: the course's page.

    A learner goes on to the first step, a guardian to the child's page.
    """
    course = get_object_or_404(Course, public_id=course_id)
    way_back = course_address(request, course)
    if request.method != "POST":
        return redirect(way_back)
    at = timezone.now()
    child = None
    if "child" in request.POST:
        in_care = ChildProfile.objects.in_care_of(request.user, at).select_related("user")
        child = get_object_or_404(in_care, uid=request.POST["child"])
    learner = child.user if child is not None else request.user
    try:
        enrolment = operations.enrol(learner=learner, course=course, actor=request.user, at=at)
    except EnrolmentRefusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(way_back)
    if child is None:
        return redirect("courses:resume", enrolment_uid=enrolment.uid)
    sentence = _("%(name)s has a place on the course “%(course)s”.")
    messages.success(request, sentence % {"name": name_of(learner), "course": course.title})
    return redirect("courses:child", child_uid=child.uid)
