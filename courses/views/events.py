"""The intake of events for machines: everything it says is JSON with a code and a sentence."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from courses.enrolments.models import Enrolment
from courses.progress.operations import take_in
from courses.progress.queries import Place
from courses.progress.rules import read_batch
from courses.views.access import Access, declare
from courses.views.screens import watched_percent
from courses.views.sittings import read_sitting

MAX_BYTES = 256 * 1024
OUT_OF_DATE = gettext_lazy("The page is out of date. Reload it: nothing will be lost.")


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """What went wrong, for a program (``code``) and for a person (``detail``)."""
    return JsonResponse({"code": code, "detail": detail, **more}, status=status)


class CsrfInJson(CsrfViewMiddleware):
    """Django's check, with an answer that a program understands."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:  # noqa: ARG002
        return problem(403, "csrf", str(OUT_OF_DATE))


@declare(Access.SIGNED_IN)
@csrf_exempt
def events(request: HttpRequest, enrolment_uid: str) -> HttpResponseBase:
    """Take a batch; refused before it is read if it is too long."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    try:
        if size > MAX_BYTES:
            raise RequestDataTooBig
        return _intake(request, enrolment_uid)
    except RequestDataTooBig:
        return problem(413, "too_big", _("This is more than can be taken at once."))
    except (SuspiciousOperation, MultiPartParserError):
        return problem(400, "malformed", _("This is not a list of events."))


@never_cache
@decorator_from_middleware(CsrfInJson)
def _intake(request: HttpRequest, enrolment_uid: str) -> HttpResponse:
    if request.method != "POST":
        response = problem(405, "method", _("Events are sent with POST."))
        response["Allow"] = "POST"
        return response
    if not request.user.is_authenticated:
        detail = _("Sign in again: what was done is kept on this device.")
        return problem(401, "signed_out", detail, sign_in=resolve_url(settings.LOGIN_URL))
    data = _read(request)
    raw_events = read_batch(data)
    if raw_events is None:
        return problem(400, "malformed", _("This is not a list of events."))
    at = timezone.now()
    sitting = read_sitting(
        data.get("sitting"),
        enrolment_uid=enrolment_uid,
        sent_at=data.get("sent_at"),
        device=data.get("device"),
        at=at,
    )
    if sitting is None:
        return problem(400, "sitting", str(OUT_OF_DATE))
    try:
        outcomes, place = take_in(
            learner=request.user,
            enrolment_uid=enrolment_uid,
            raw_events=raw_events,
            sitting=sitting,
            at=at,
        )
    except Enrolment.DoesNotExist:
        return problem(404, "not_found", _("There is no such place on a course."))
    results = [
        {"id": one.uid, "status": one.status, "code": one.code, "seq": one.seq} for one in outcomes
    ]
    counts = place.counts
    return JsonResponse(
        {
            "results": results,
            "steps": _steps(place, raw_events),
            "counts": {"done": counts.done, "required": counts.required},
        }
    )


def _read(request: HttpRequest) -> Any:
    """The JSON of the body or, from a beacon, of the form's field ``batch``; ``None`` if broken."""
    try:
        if request.content_type == "application/json":
            return json.loads(request.body)
        return json.loads(request.POST.get("batch", ""))
    except (ValueError, RecursionError):
        return None


def _steps(place: Place, raw_events: list[Any]) -> dict[str, dict[str, Any]]:
    """Where the steps that the batch spoke of stand now, by uid."""
    named = {str(raw.get("step")) for raw in raw_events if isinstance(raw, dict)}
    known = [step for step in place.outline.steps if step.uid in named]
    return {
        step.uid: {
            "done": (facts := place.facts(step)) is not None and facts.done is not None,
            "watched": watched_percent(place, step),
        }
        for step in known
    }
