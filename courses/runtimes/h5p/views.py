"""The frame that H5P plays in, and what it sends. Every address begins with the launch's token."""

import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from courses.runtimes.delivery.components import message_page
from courses.runtimes.delivery.queries import asset_address, content_address, site_origin
from courses.runtimes.delivery.rules import content_policy
from courses.runtimes.h5p.builders import CONTENT_ID, Playing, frame_data
from courses.runtimes.h5p.core import Addresses
from courses.runtimes.h5p.errors import (
    BadReport,
    ContentMissing,
    H5PRefusal,
    PlayerMissing,
    ReportTooLarge,
)
from courses.runtimes.h5p.models import H5PContent
from courses.runtimes.h5p.operations import joined_files, save_state, take_report
from courses.runtimes.h5p.operations.joining import SCRIPTS, STYLES
from courses.runtimes.h5p.queries import LeftOff, address_of, as_core, left_off, name_of
from courses.runtimes.launches.errors import LaunchRefusal
from courses.runtimes.launches.models import Launch
from courses.runtimes.launches.operations import launch_by

SANDBOX = "allow-scripts allow-forms allow-downloads"
PLAYER = {"core": "vendor/h5p/frame.bundle.js", "core_styles": "vendor/h5p/styles/h5p.css"}
MOST_BYTES = 2 * 1024 * 1024
"""Of one report or state, as it is sent."""
NAME = re.compile(r"[\x20-\x7e]{0,64}")

View = Callable[..., HttpResponse]


def _refusing_in_json(view: View) -> View:
    """Refusals become ``{"code": …, "sentence": …}``; a frame without an origin may read it."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def refusing(request: HttpRequest, token: str) -> HttpResponse:
        try:
            launch = launch_by(token, at=timezone.now())
            response = view(request, launch)
        except (H5PRefusal, LaunchRefusal) as refusal:
            answer = {"code": refusal.code, "sentence": str(refusal)}
            response = JsonResponse(answer, status=getattr(refusal, "status", 410))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return refusing


@require_safe
def frame(request: HttpRequest, token: str) -> HttpResponse:
    """The page that plays the content of a launch."""
    try:
        launch = launch_by(token, at=timezone.now())
        response = render(request, "courses/runtimes/h5p/frame.html", _frame(request, launch))
    except (H5PRefusal, LaunchRefusal) as refusal:
        response = message_page(str(refusal), status=getattr(refusal, "status", 410))
    response.headers["Cache-Control"] = "no-store"
    # Opened outside of the lesson's frame, it has no origin either.
    response.headers["Content-Security-Policy"] = content_policy(site_origin(), sandbox=SANDBOX)
    return response


def _frame(request: HttpRequest, launch: Launch) -> dict[str, Any]:
    contents = H5PContent.objects.select_related("main_library", "joined")
    content = contents.filter(version=launch.version_id).first()
    tree = launch.version.tree_id
    if content is None or tree is None:
        raise ContentMissing
    joined = joined_files(content=content, at=timezone.now())
    facts = launch.version.facts
    title = facts.get("title") or launch.version.package.title
    return {
        **_player(),
        "content_id": CONTENT_ID,
        "title": title,
        "language": facts.get("language") or get_language(),
        "scripts": asset_address(joined.tree_id, SCRIPTS),
        "styles": asset_address(joined.tree_id, STYLES),
        "data": frame_data(_playing(request, launch, content, asset_address(tree))),
    }


def _player() -> dict[str, str]:
    """Addresses of H5P's own player, which comes from npm."""
    try:
        return {name: static(path) for name, path in PLAYER.items()}
    except ValueError as error:
        raise PlayerMissing from error


def _playing(request: HttpRequest, launch: Launch, content: H5PContent, files: str) -> Playing:
    site = site_origin()
    libraries = content.libraries.defer("semantics", "manifest")
    shown = launch.attempt or launch.shown
    left = left_off(shown, content) if shown is not None else LeftOff({}, "")
    is_kept = launch.attempt is not None
    return Playing(
        main=as_core(content.main_library),
        params=content.params,
        metadata=content.metadata,
        addresses=Addresses(
            base=content_address("h5p"),
            content=files.rstrip("/"),
            libraries=content_address("").rstrip("/"),
            library_folders={name_of(one).folder: address_of(one).strip("/") for one in libraries},
            activity=f"{site}/packages/{launch.version.package.uid}",
            site=site,
            state="state:/:subContentId/:dataType",
        ),
        content_hash=content.content_hash,
        language=get_language() or "en",
        site=site,
        states=left.states,
        report=content_address(f"{request.path}results") if is_kept else "",
        state=content_address(f"{request.path}state") if is_kept else "",
        run=left.run,
        has_ended=bool(shown and shown.finished_at and left.run == shown.run),
    )


@_refusing_in_json
def results(request: HttpRequest, launch: Launch) -> HttpResponse:
    """``{"run", "statements": […], "results": getXAPIData()}`` of one playing."""
    body = _body(request)
    is_taken = take_report(launch=launch, run=_name(body, "run"), report=body, at=timezone.now())
    return JsonResponse({"taken": is_taken})


@_refusing_in_json
def state(request: HttpRequest, launch: Launch) -> HttpResponse:
    """``{"part", "name", "data", "run", "page", "sequence"}``; without data it is forgotten."""
    body = _body(request)
    data, sequence = body.get("data"), body.get("sequence", 0)
    if not isinstance(data, str | None) or not _is_storable(data):
        raise BadReport
    if not isinstance(sequence, int) or isinstance(sequence, bool) or not 0 <= sequence < 2**53:
        raise BadReport
    save_state(
        launch=launch,
        part=_name(body, "part"),
        name=_name(body, "name"),
        data=data,
        run=_name(body, "run"),
        page=_name(body, "page"),
        sequence=sequence,
        at=timezone.now(),
    )
    return JsonResponse({"kept": True})


def _body(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object that was sent.

    Raises:
        ReportTooLarge: it is longer than :data:`MOST_BYTES`.
        BadReport: it is none.
    """
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ReportTooLarge
    try:
        value = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadReport from error
    if not isinstance(value, dict):
        raise BadReport
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _name(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key, "")
    if not isinstance(value, str) or NAME.fullmatch(value) is None:
        raise BadReport
    return value


def _is_storable(data: str | None) -> bool:
    """No database takes a NUL, no UTF-8 half of a surrogate pair."""
    return data is None or ("\0" not in data and not re.search("[\ud800-\udfff]", data))
