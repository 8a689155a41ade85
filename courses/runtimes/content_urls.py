"""Addresses of the content origin. None of them knows cookies: each carries its own key."""

from django.urls import URLPattern, path

from courses.runtimes.delivery.views import asset, broken, not_found, refused
from courses.runtimes.h5p import views as h5p
from courses.runtimes.scorm import views as scorm

handler400 = refused
handler403 = refused
handler404 = not_found
handler500 = broken

urlpatterns: list[URLPattern] = [
    path("f/<str:key>/<path:path>", asset, name="asset"),
    path("h5p/<str:token>/", h5p.frame, name="h5p_frame"),
    path("h5p/<str:token>/results", h5p.results, name="h5p_results"),
    path("h5p/<str:token>/state", h5p.state, name="h5p_state"),
    path("scorm/<str:token>/", scorm.frame, name="scorm_frame"),
    path("scorm/<str:token>/open", scorm.open_one, name="scorm_open"),
    path("scorm/<str:token>/commit/<str:session>", scorm.commit, name="scorm_commit"),
]
