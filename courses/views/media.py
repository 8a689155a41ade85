"""Recordings, captions and files of steps, by the piece where a browser asks for a piece."""

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.foundation.pieces import asked_piece, pieces
from courses.lessons.components import read_file_address
from courses.views.access import open_to_all

PLAYED = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".wav": "audio/wav",
    ".vtt": "text/vtt; charset=utf-8",
}
"""What a browser may play by itself; everything else is a file to keep."""
CAPTIONS = ".vtt"


@open_to_all
@require_safe
def step_file(
    request: HttpRequest,
    token: str,
    filename: str,  # noqa: ARG001
) -> HttpResponseBase:
    """A document of a step, for those who may read the course; ``filename`` is for their folder.

    Raises:
        Http404: the address was not made here, or the course is not for this reader.
    """
    found = read_file_address(token)
    if found is None:
        raise Http404
    course_id, document_id = found
    course = get_object_or_404(Course.objects.select_related("teacher"), pk=course_id)
    if not _may_read(course, request.user):
        raise Http404
    document = get_object_or_404(get_document_model(), pk=document_id)
    ending = PurePath(document.filename).suffix.lower()
    if ending != CAPTIONS and not _is_here(document):
        # A cloud's own servers send pieces well; captions must come from the page's origin.
        return HttpResponseRedirect(document.file.url)
    return _serve(request, document, ending)


def _may_read(course: Course, user) -> bool:
    if course.is_open_reading and course.is_public:
        return True
    if not user.is_authenticated:
        return False
    if course.teacher is not None and course.teacher.user_id == user.pk:
        return True
    if Enrolment.objects.visible_to(user, timezone.now()).filter(course=course).exists():
        return True
    return user.has_perm("wagtailadmin.access_admin")


def _is_here(document) -> bool:
    try:
        return bool(document.file.path)
    except NotImplementedError:
        return False


def _serve(request: HttpRequest, document, ending: str) -> HttpResponseBase:
    etag = f'"{document.get_file_hash()}"'
    try:
        size = document.file.size
        modified = document.file.storage.get_modified_time(document.file.name).timestamp()
    except FileNotFoundError as missing:
        raise Http404 from missing
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(modified))
    if unchanged is not None:
        return unchanged
    asked = asked_piece(
        request.headers.get("Range", ""),
        size=size,
        etag=etag,
        if_range=request.headers.get("If-Range"),
    )
    if asked is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = asked
    length = last - first + 1
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(length),
        "ETag": etag,
        "Last-Modified": http_date(modified),
        "Cache-Control": "private, max-age=86400",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if length < size:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    disposition = content_disposition_header(
        as_attachment=ending not in PLAYED, filename=document.filename
    )
    if disposition:
        headers["Content-Disposition"] = disposition
    return StreamingHttpResponse(
        pieces(document.file.open("rb"), first, length),
        status=206 if length < size else 200,
        content_type=PLAYED.get(ending, "application/octet-stream"),
        headers=headers,
    )
