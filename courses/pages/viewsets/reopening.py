"""Opening finished courses again: how many learners it touches, why, and a button."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from courses.catalogue.models import Course
from courses.progress.errors import ProgressRefusal
from courses.progress.operations import reopen_completions
from courses.progress.queries import count_to_reopen

REASON_LENGTH = 300


class ReopenView(View):
    """Shows the count, and takes the reason."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("opora_courses.reopen_completions"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        return self._page(request, page_id, _published_course(page_id))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        course = _published_course(page_id)
        reason = request.POST.get("reason", "").replace("\0", "")
        try:
            reopened = reopen_completions(
                course=course,
                reason=reason[:REASON_LENGTH],
                actor=request.user,
                at=timezone.now(),
            )
        except ProgressRefusal as refusal:
            return self._page(request, page_id, course, error=str(refusal))
        sentence = ngettext(
            "The course is open again for %(count)s learner.",
            "The course is open again for %(count)s learners.",
            reopened,
        )
        messages.success(request, sentence % {"count": reopened})
        return redirect("wagtailadmin_pages:edit", page_id)

    def _page(
        self, request: HttpRequest, page_id: int, course: Course, error: str = ""
    ) -> HttpResponseBase:
        context = {
            "page_id": page_id,
            "course": course,
            "count": count_to_reopen(course),
            "error": error,
            "reason_length": REASON_LENGTH,
        }
        status = 422 if error else 200
        return render(request, "courses/admin/reopen.html", context, status=status)


def _published_course(page_id: int) -> Course:
    """The course that a page presents.

    Raises:
        Http404: there is none, or it was never published.
    """
    return get_object_or_404(Course, pages__pk=page_id, current_revision__isnull=False)


class ReopenViewSet(ViewSet):
    name = "reopening"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<int:page_id>/", ReopenView.as_view(), name="reopen")]
