"""Headers of safety on every answer."""

from dataclasses import replace

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CLOSED_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PortalHeadersMiddleware(CSPMiddleware):
    """Public pages load from this site only; the editor's admin may run its inline scripts."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The site's policy, loosened under ``/admin/`` alone; packages play in frames of both."""
        parts = super().get_policy_parts(request, response, report_only)
        is_admin = request.path_info.startswith("/admin/")
        loosened = settings.OPORA_ADMIN_SECURITY_POLICY if is_admin else {}
        frames = ["'self'", settings.OPORA_CONTENT_ORIGIN]
        return replace(parts, replace={**loosened, "frame-src": frames})

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers that the view has not set itself."""
        response.headers.setdefault("Permissions-Policy", CLOSED_PERMISSIONS)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # After signing out on a shared computer, Back must not show the child's page.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return super().process_response(request, response)
