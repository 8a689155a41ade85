"""Pictures and documents from the local disk, where no web server in front does it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# An SVG opened by its own address is a document: it must not run scripts.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of the default storage; its name changes with its content, so it keeps for a year.

    Raises:
        Http404: there is no such file.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "public, max-age=31536000"
    return response
