"""Whole pages kept for visitors: who gets them, what is kept, when it is forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory
from wagtail.models import Page

from cms.page_cache import PageCacheMiddleware
from courses.foundation.generations import begin_generation

View = Callable[[HttpRequest], Any]


class Site:
    """A site of one view behind the cache; ``views`` counts how often the view has run."""

    def __init__(self, view: View) -> None:
        self.views = 0
        with_tokens: Any = CsrfViewMiddleware(self._counted(view))
        self._middleware = PageCacheMiddleware(with_tokens)

    def _counted(self, view: View) -> View:
        def answer(request: HttpRequest) -> Any:
            self.views += 1
            return view(request)

        return answer

    def get(self, path: str = "/", *, method: str = "GET", language: str = "ru", **cookies: str):
        request = RequestFactory().generic(method, path)
        request.LANGUAGE_CODE = language
        request.COOKIES.update(cookies)
        return self._middleware(request)


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Welcome</p>", headers={"X-Kept": "yes"})


def test_the_second_visitor_gets_the_kept_page() -> None:
    site = Site(page)

    first, second = site.get(), site.get()

    assert site.views == 1
    assert second.content == first.content
    assert second.headers["X-Kept"] == "yes"


def test_a_head_request_is_answered_from_the_kept_page() -> None:
    site = Site(page)
    site.get()

    site.get(method="HEAD")

    assert site.views == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/other/"},
        {"path": "/?age=9"},
        {"language": "en"},
        {"opora_view": "large"},
    ],
    ids=["address", "query", "language", "view settings"],
)
def test_pages_that_differ_are_kept_apart(other: dict[str, str]) -> None:
    site = Site(page)
    site.get()

    site.get(**other)

    assert site.views == 2


@pytest.mark.parametrize(
    "visit",
    [
        {settings.SESSION_COOKIE_NAME: "somebody"},
        {"messages": "saved"},
        {"method": "POST"},
        {"path": "/admin/"},
        {"path": "/?q=" + "a" * 300},
    ],
    ids=["signed in", "has a message", "not reading", "admin", "endless query"],
)
def test_the_cache_leaves_these_requests_alone(visit: dict[str, str]) -> None:
    site = Site(page)

    site.get(**visit)
    site.get(**visit)

    assert site.views == 2


def test_somebody_who_is_signed_in_never_gets_a_page_kept_for_visitors() -> None:
    site = Site(page)
    site.get()

    site.get(**{settings.SESSION_COOKIE_NAME: "somebody"})

    assert site.views == 2


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<form>{get_token(request)}</form>")


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = page(request)
    response.set_cookie("seen", "1")
    return response


@pytest.mark.parametrize(
    "view",
    [
        with_token,
        with_cookie,
        lambda _request: HttpResponse("{}", content_type="application/json"),
        lambda _request: HttpResponse("<p>No such page</p>", status=404),
        lambda _request: StreamingHttpResponse(["<p>Long</p>"]),
        lambda _request: HttpResponse("<p>Mine</p>", headers={"Cache-Control": "no-store"}),
    ],
    ids=["form token", "cookie", "not HTML", "not found", "streamed", "no-store"],
)
def test_these_answers_are_not_kept(view: View) -> None:
    site = Site(view)

    site.get()
    site.get()

    assert site.views == 2


def test_a_form_token_is_not_kept_either_when_the_visitor_has_its_cookie() -> None:
    site = Site(with_token)
    secret = "a" * 32

    site.get(**{settings.CSRF_COOKIE_NAME: secret})
    site.get(**{settings.CSRF_COOKIE_NAME: secret})

    assert site.views == 2


@pytest.mark.django_db
def test_forgetting_takes_effect_when_the_transaction_is_written(
    django_capture_on_commit_callbacks: Any,
) -> None:
    site = Site(page)
    site.get()

    with django_capture_on_commit_callbacks(execute=True):
        begin_generation()
        site.get()
        assert site.views == 1
    site.get()

    assert site.views == 2


def _publish(page: Page) -> None:
    page.save_revision().publish()


def _move(page: Page) -> None:
    page.move(page.get_parent(), pos="first-child")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [_publish, Page.unpublish, _move, Page.delete])
def test_an_editors_change_forgets_the_kept_pages(
    change: Callable[[Page], object], django_capture_on_commit_callbacks: Any
) -> None:
    site = Site(page)
    site.get()
    root = Page.objects.get(depth=1)
    root.add_child(instance=Page(title="First", slug="first"))
    second = root.add_child(instance=Page(title="Second", slug="second"))

    with django_capture_on_commit_callbacks(execute=True):
        change(second)
    site.get()

    assert site.views == 2
