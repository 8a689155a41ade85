"""Signing in and the way to one's own room."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from home.forms import SignInForm
from home.queries import landing_for


class SignIn(LoginView):
    """A plain form; a safe ``next`` wins, otherwise everyone lands in their own room."""

    form_class = SignInForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        """The wished-for page, unless it sends back here: that would lead round in a circle.

        This form does, and so does the editors' admin whoever may not enter it.
        """
        wished = super().get_redirect_url(*args, **kwargs)
        user = self.request.user
        if wished.startswith(reverse("wagtailadmin_home")) and user.is_authenticated:
            return wished if user.has_perm("wagtailadmin.access_admin") else ""
        return "" if wished.partition("?")[0] == self.request.path else wished

    def get_default_redirect_url(self) -> str:
        return landing_for(self.request.user)


@never_cache
@login_required
def landing(request: HttpRequest) -> HttpResponse:
    """Send the signed-in person to their own room."""
    return redirect(landing_for(request.user))
