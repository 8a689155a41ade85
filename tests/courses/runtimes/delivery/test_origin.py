"""The content origin: a host where packages play and nothing else exists."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from courses.runtimes.delivery import middleware
from courses.runtimes.delivery.middleware import ContentOriginMiddleware
from courses.runtimes.delivery.views import broken, not_found, refused

CONTENT, SITE = "content.example", "portal.example"
SITE_PATHS = ["/", "/admin/", "/admin/login/", "/accounts/login/", "/documents/1/x", "/media/x.png"]


def greedy(request: HttpRequest) -> HttpResponse:
    """A view that tries all that is not to be had here."""
    response = HttpResponse(f"{sorted(request.COOKIES)} {hasattr(request, 'session')}")
    response.set_cookie("found", "you")
    return response


def breaking(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def suspecting(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def closing(request: HttpRequest) -> HttpResponse:
    policy = "default-src 'none'"
    return HttpResponse("closed", headers={"Content-Security-Policy": policy})


handler400, handler404, handler500 = refused, not_found, broken
urlpatterns = [
    path("greedy", greedy),
    path("breaking", breaking),
    path("suspecting", suspecting),
    path("closing", closing),
]


@pytest.fixture
def site(frame: Client) -> Client:
    return Client(headers={"host": SITE})


@pytest.fixture
def _views_of_this_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "CONTENT_URLS", __name__)


@pytest.mark.parametrize("address", SITE_PATHS)
def test_no_page_of_the_site_is_on_the_content_origin(frame: Client, address: str) -> None:
    answer = frame.get(address)

    assert answer.status_code == 404
    assert not answer.cookies


@pytest.mark.django_db
def test_no_address_of_the_content_origin_is_on_the_site(a_tree: Any, site: Client) -> None:
    from courses.runtimes.delivery.queries import asset_address
    from tests.courses.runtimes.delivery.conftest import path_of

    address = path_of(asset_address(a_tree({"a.js": b"1"}).digest, "a.js"))

    assert site.get(address).status_code == 404


def test_a_person_who_typed_the_address_is_led_to_the_site(frame: Client) -> None:
    answer = frame.get("/")

    page = answer.content.decode()
    assert "https://portal.example/" in page
    assert re.search(r"<html lang=\"ru\">", page)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_is_answered_on_either_host(frame: Client, site: Client, address: str) -> None:
    assert frame.get(address).status_code == 200
    assert site.get(address).status_code == 200


@pytest.mark.parametrize("host", ["CONTENT.example", "content.example:443"])
def test_the_host_is_known_however_it_is_written(frame: Client, host: str) -> None:
    assert "https://portal.example/" in frame.get("/", headers={"host": host}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["content.example:8443", "content.example.evil", "portal.example"])
def test_any_other_host_is_the_sites(frame: Client, host: str) -> None:
    answer = frame.get("/accounts/login/", headers={"host": host})

    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_host_that_django_does_not_answer_to_is_refused(frame: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = [SITE, CONTENT]

    assert frame.get("/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.usefixtures("_views_of_this_file")
def test_no_cookie_comes_in_or_goes_out(frame: Client) -> None:
    frame.cookies["sessionid"] = "stolen"

    answer = frame.get("/greedy")

    assert answer.content == b"[] False"
    assert not answer.cookies


@pytest.mark.usefixtures("_views_of_this_file")
def test_an_error_there_is_told_without_the_sites_page(frame: Client) -> None:
    answer = frame.get("/breaking")

    assert answer.status_code == 500
    assert "https://portal.example/" in answer.content.decode()
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("_views_of_this_file")
def test_a_suspicious_request_there_is_refused(frame: Client) -> None:
    assert frame.get("/suspecting").status_code == 400


@pytest.mark.usefixtures("_views_of_this_file")
def test_a_page_there_may_close_itself_more(frame: Client) -> None:
    answer = frame.get("/closing")

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.usefixtures("_views_of_this_file")
def test_every_answer_there_carries_the_headers_of_safety(frame: Client) -> None:
    headers = frame.get("/greedy").headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'self' data: blob:" in policy
    assert "connect-src 'self' data: blob:" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'self' https://portal.example" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert "X-Frame-Options" not in headers
    assert headers["Content-Length"] == str(len(b"[] False"))


def test_after_a_request_there_addresses_are_the_sites_again(frame: Client) -> None:
    frame.get("/")

    assert reverse("login") == "/accounts/login/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/"])
def test_pages_of_the_site_may_frame_the_content_origin_alone(site: Client, address: str) -> None:
    policy = site.get(address).headers["Content-Security-Policy"]

    assert "frame-src 'self' https://content.example" in policy


@pytest.mark.parametrize(
    "origin",
    ["", "https://portal.example", "https://portal.example:8443", "http://content.example", "x"],
)
def test_a_process_with_an_unsafe_content_origin_does_not_start(settings: Any, origin: str) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    settings.OPORA_CONTENT_ORIGIN = origin

    with pytest.raises(ImproperlyConfigured, match="OPORA_CONTENT_ORIGIN is not safe"):
        ContentOriginMiddleware(greedy)


def test_a_process_on_a_subdomain_starts(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    settings.OPORA_CONTENT_ORIGIN = "https://content.portal.example"

    assert ContentOriginMiddleware(greedy)
