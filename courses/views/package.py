"""A step that plays a package: its frame, another attempt, an editor's preview."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.lessons.queries import package_of_step
from courses.progress.errors import StepGone
from courses.progress.queries import Place
from courses.runtimes.api import (
    OpenedLaunch,
    Package,
    frame_address,
    open_launch,
    open_preview,
)
from courses.views.access import signed_in
from courses.views.places import for_learner
from courses.views.player import opened
from courses.views.playing import counted_epoch
from courses.views.screens import step_address


@for_learner
@require_safe
def launch(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:  # noqa: ARG001
    """What the frame of the step loads: the learner's attempt, on the content origin."""
    return redirect(_address(_open(place, step_uid, again=False)))


@for_learner
@require_POST
def again(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:  # noqa: ARG001
    """Begin another attempt, and show it in the step."""
    _open(place, step_uid, again=True)
    return redirect(step_address(place, place.outline.step_by_uid[step_uid]))


@signed_in
@require_safe
def preview(request: HttpRequest, package_uid: str) -> HttpResponse:
    """The package as a learner sees it, for an editor; nothing of it is kept.

    Raises:
        Http404: the person is no editor, or there is nothing to play.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    package = get_object_or_404(Package.objects.select_related("current"), uid=package_uid)
    if package.current is None:
        raise Http404
    return redirect(_address(open_preview(version=package.current, at=timezone.now())))


def _open(place: Place, step_uid: str, *, again: bool) -> OpenedLaunch:
    """Open the learner's attempt at the step's package.

    Raises:
        StepGone, LessonClosed: see each; also for a package that was taken away.
        NotReady: no version of it is ready.
    """
    at = timezone.now()
    step = opened(place, step_uid, at)
    package = package_of_step(step)
    if step.kind != "package" or package is None:
        raise StepGone
    return open_launch(
        place=place.enrolment.uid,
        step=UUID(step_uid),
        epoch=counted_epoch(place, step),
        learner_key=place.enrolment.learner_key,
        package=package,
        again=again,
        at=at,
    )


def _address(launched: OpenedLaunch) -> str:
    return frame_address(launched.version.package.kind, launched.token)
