from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from wagtail.contrib.sitemaps.views import sitemap

from home.views.accounts import SignIn, landing
from home.views.fonts import fonts
from home.views.robots import robots
from home.views.styleguide import styleguide
from home.views.view_settings import view_settings

urlpatterns: list[URLPattern] = [
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/", landing, name="landing"),
    path("view-settings/", view_settings, name="view_settings"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("fonts.css", fonts, name="fonts"),
]
if settings.DEBUG:
    urlpatterns += [
        path("styleguide/", styleguide, name="styleguide"),
        path("styleguide/<slug:sheet>/", styleguide, name="styleguide"),
    ]
