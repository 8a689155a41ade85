"""Files of packages, and answers to addresses that lead nowhere."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.foundation.pieces import asked_piece, pieces
from courses.runtimes.delivery.components import message_page
from courses.runtimes.delivery.queries import Asset, asset_at, content_of
from courses.runtimes.delivery.rules import chosen_encoding, is_shown, pays_to_pack
from courses.runtimes.packages.queries import open_blob

log = logging.getLogger(__name__)

SENT_WHOLE = 256 * 1024
"""Bytes: files up to this size are sent from memory."""
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def asset(request: HttpRequest, key: str, path: str) -> HttpResponseBase:
    """A file of a package. It never changes at its address, so a browser asks for it once.

    Raises:
        Http404: the address was not made here, or there is no such file.
    """
    found = asset_at(key, path)
    if found is None:
        raise Http404
    encoding, headers = None, {"Accept-Ranges": "bytes"}
    if pays_to_pack(found.kind, found.size):
        headers["Vary"] = "Accept-Encoding"
        if "Range" not in request.headers:
            encoding = chosen_encoding(request.headers.get("Accept-Encoding", ""))
    etag = f'"{found.sha256}.{encoding}"' if encoding else f'"{found.sha256}"'
    headers |= {
        "ETag": etag,
        "Cache-Control": FOR_EVER,
        # A sandboxed frame has no origin: without this it gets no fonts, captions or data.
        "Access-Control-Allow-Origin": "*",
    }
    if not is_shown(found.kind):
        headers["Content-Disposition"] = "attachment"
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = _sent(request, found, encoding, etag)
        except FileNotFoundError as lost:
            log.error("Storage has lost the file %s.", found.sha256)
            raise Http404 from lost
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _sent(request: HttpRequest, asset: Asset, encoding: str | None, etag: str) -> HttpResponseBase:
    if encoding is not None:
        packed = HttpResponse(content_of(asset, encoding), content_type=asset.kind)
        packed.headers["Content-Encoding"] = encoding
        return packed
    asked = asked_piece(
        request.headers.get("Range", ""),
        size=asset.size,
        etag=etag,
        if_range=request.headers.get("If-Range"),
    )
    if asked is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{asset.size}"})
    first, last = asked
    length = last - first + 1
    is_piece = length < asset.size
    response: HttpResponseBase
    if asset.size <= SENT_WHOLE:
        content = content_of(asset)
        response = HttpResponse(content[first : last + 1], content_type=asset.kind)
    else:
        sent = pieces(open_blob(asset.sha256), first, length)
        response = StreamingHttpResponse(sent, content_type=asset.kind)
    response.headers["Content-Length"] = str(length)
    if is_piece:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{asset.size}"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """For a person who typed this address: the site is elsewhere."""
    return message_page(
        _("There are no pages here, only what lessons show. The site has another address."),
        status=404,
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return message_page(
        _("This request cannot be understood. Go back to the lesson and open it again."),
        status=400,
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return message_page(
        _("Something broke here. Go back to the lesson and open it again."), status=500
    )
