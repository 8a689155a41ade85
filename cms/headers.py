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
        """The site's policy, loosened under ``/admin/`` alone."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/"):
            return replace(parts, replace=settings.OPORA_ADMIN_SECURITY_POLICY)
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers that the view has not set itself."""
        response.headers.setdefault("Permissions-Policy", CLOSED_PERMISSIONS)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # After signing out on a shared computer, Back must not show the child's page.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return super().process_response(request, response)
