"""Handing in a work, and reading the file of one."""

from pathlib import PurePath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.progress.errors import StepGone
from courses.progress.queries import Place
from courses.submissions.errors import AlreadyAccepted, SubmissionRefusal
from courses.submissions.operations import hand_in
from courses.submissions.queries import submissions_visible_to
from courses.views.access import signed_in
from courses.views.places import for_learner
from courses.views.player import opened
from courses.views.screens import Entered, step_address, step_screen


@for_learner
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:
    """Hand in a text, a file or both, as the task asks."""
    at = timezone.now()
    step = opened(place, step_uid, at)
    if step.kind != "task":
        raise StepGone
    if request.method != "POST":
        return redirect(step_address(place, step))
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\0", "")
    try:
        hand_in(
            enrolment=place.enrolment,
            step=step,
            text=text,
            file=request.FILES.get("file"),
            at=at,
        )
    except AlreadyAccepted as refusal:
        messages.info(request, str(refusal))
    except SubmissionRefusal as refusal:
        return step_screen(request, place, step, entered=Entered(text=text, error=str(refusal)))
    else:
        messages.success(request, _("Handed in. The teacher will answer here."))
    return redirect(step_address(place, step))


@signed_in
@require_safe
def submission_file(request: HttpRequest, submission_uid: str) -> HttpResponseBase:
    """The file of a handed-in work, to be kept and never to be run: for whom it concerns.

    Raises:
        Http404: it is not theirs to read, or there is no file.
    """
    works = submissions_visible_to(request.user, timezone.now())
    work = get_object_or_404(works, uid=submission_uid)
    if not work.file:
        raise Http404
    try:
        opened_file = work.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    ending = PurePath(str(work.file.name)).suffix
    response = FileResponse(opened_file, content_type="application/octet-stream")
    response["Content-Disposition"] = _attachment(work.file_name, f"work-{work.number}{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _attachment(name: str, plain_name: str) -> str:
    """The header for a file called ``name``; old programs that read only ASCII see the other."""
    header = content_disposition_header(as_attachment=True, filename=name or plain_name) or ""
    return header.replace("; filename*", f'; filename="{plain_name}"; filename*')
