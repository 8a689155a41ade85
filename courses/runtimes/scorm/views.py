"""The page that SCOs play in, and what it sends. Every address begins with the launch's token."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from courses.runtimes.delivery.components import message_page
from courses.runtimes.delivery.queries import asset_address, site_origin
from courses.runtimes.delivery.rules import content_policy
from courses.runtimes.launches.errors import LaunchRefusal
from courses.runtimes.launches.models import Launch
from courses.runtimes.launches.operations import launch_by
from courses.runtimes.scorm.components import player_context
from courses.runtimes.scorm.core import Item
from courses.runtimes.scorm.errors import BadCommit, CommitTooLarge, ScormRefusal
from courses.runtimes.scorm.operations import open_item, take_commit
from courses.runtimes.scorm.rules import MenuLine

SANDBOX = "allow-scripts allow-forms allow-same-origin allow-modals allow-downloads"
MOST_BYTES = 1024 * 1024
"""Of one commit: 64,000 characters of a SCO's own, a few hundred questions, and the sequencer."""
GENERAL_EXCEPTION = 101
COMMIT_FAILURE = 391
"""What a SCO is told: 1.2 has one code for it (RTE 3.4.5), 2004 one of its own (RTE 3.1.7)."""
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""No database takes a NUL, no UTF-8 half of a surrogate pair."""

View = Callable[..., HttpResponse]


def _refusing_in_json(view: View) -> View:
    """Refusals become ``{"result": "false", "errorCode": …, "code": …, "sentence": …}``."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def refusing(request: HttpRequest, token: str, **named: str) -> HttpResponse:
        error_code = GENERAL_EXCEPTION
        try:
            launch = launch_by(token, at=timezone.now())
            if str(launch.version.facts.get("version")).startswith("2004"):
                error_code = COMMIT_FAILURE
            return view(request, launch, **named)
        except (ScormRefusal, LaunchRefusal) as refusal:
            answer = {
                "result": "false",
                "errorCode": error_code,
                "code": refusal.code,
                "sentence": str(refusal),
            }
            return JsonResponse(answer, status=getattr(refusal, "status", 403))

    return refusing


@require_safe
def frame(request: HttpRequest, token: str) -> HttpResponse:
    """The page that plays the package of a launch."""
    try:
        launch = launch_by(token, at=timezone.now())
        response = render(request, "courses/runtimes/scorm/frame.html", player_context(launch))
    except (ScormRefusal, LaunchRefusal) as refusal:
        response = message_page(str(refusal), status=getattr(refusal, "status", 403))
    response.headers["Cache-Control"] = "no-store"
    # Opened outside of the lesson's frame, it may do no more than inside.
    response.headers["Content-Security-Policy"] = content_policy(site_origin(), sandbox=SANDBOX)
    return response


@_refusing_in_json
def open_one(request: HttpRequest, launch: Launch) -> HttpResponse:
    """``{"item": identifier, "sequencing": "…"}``: begin a session of the item."""
    body = _body(request)
    item = body.get("item")
    if not isinstance(item, str):
        raise BadCommit
    opened = open_item(launch=launch, item=item, sequencing=_sequencing(body), at=timezone.now())
    answer = {
        "session": opened.session,
        "values": dict(opened.values),
        "address": _address_of(launch, opened.item),
        "title": opened.item.title,
        "items": _standing(opened.menu),
        "moved": opened.has_moved,
    }
    return JsonResponse(answer)


@_refusing_in_json
def commit(request: HttpRequest, launch: Launch, session: str) -> HttpResponse:
    """A commit of scorm-again, with ``"sequencing"`` beside it; also from a beacon."""
    body = _body(request)
    taken = take_commit(
        launch=launch,
        session=session,
        data=body,
        sequencing=_sequencing(body),
        at=timezone.now(),
    )
    answer = {
        "result": "true",
        "errorCode": 0,
        "items": _standing(taken.menu),
        "moved": taken.has_moved,
    }
    return JsonResponse(answer)


def _address_of(launch: Launch, item: Item) -> str:
    address = asset_address(str(launch.version.tree_id), item.path)
    return address + item.suffix


def _standing(menu: Iterable[MenuLine]) -> list[dict[str, Any]]:
    return [
        {"id": line.id, "status": line.status, "open": line.is_open}
        for line in menu
        if not line.is_heading
    ]


def _body(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object that was sent.

    Raises:
        CommitTooLarge: it is longer than :data:`MOST_BYTES`.
        BadCommit: it is none.
    """
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CommitTooLarge
    try:
        value = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadCommit from error
    if not isinstance(value, dict):
        raise BadCommit
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _sequencing(body: Mapping[str, Any]) -> str:
    value = body.get("sequencing", "")
    if not isinstance(value, str) or UNSTORABLE.search(value):
        raise BadCommit
    return value
