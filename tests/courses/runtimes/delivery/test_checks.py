"""What an administrator is told of the content origin before the first request."""

from typing import Any

import pytest
from django.conf import settings as django_settings

from courses.runtimes.checks import MIDDLEWARE, SAID, packages_play_elsewhere
from courses.runtimes.delivery.rules import OriginFault


def found(settings: Any, content: str, *, site: str = "https://portal.example") -> list[str]:
    settings.WAGTAILADMIN_BASE_URL = site
    settings.OPORA_CONTENT_ORIGIN = content
    return [str(message.id) for message in packages_play_elsewhere(None)]


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        ("https://content.example", []),
        ("https://content.example:8443", []),
        ("", ["E001"]),
        ("content.example", ["E002"]),
        ("https://content.example/", ["E002"]),
        ("https://user@content.example", ["E002"]),
        ("https://content.example:port", ["E002"]),
        ("ftp://content.example", ["E002"]),
        ("https://content.example; script-src *", ["E002"]),
        ("https://portal.example", ["E003"]),
        ("https://PORTAL.example", ["E003"]),
        ("https://portal.example:8443", ["E003"]),
        ("http://portal.example", ["E003", "E004"]),
        ("http://content.example", ["E004"]),
        ("https://content.portal.example", ["W001"]),
    ],
)
def test_an_unfit_content_origin_is_named(settings: Any, content: str, numbers: list[str]) -> None:
    assert [one.rpartition(".")[2] for one in found(settings, content)] == numbers


@pytest.mark.parametrize(
    ("allowed", "is_allowed"),
    [
        (["*"], True),
        (["portal.example", "content.example"], True),
        ([".example"], True),
        (["portal.example"], False),
    ],
)
def test_a_host_that_django_does_not_answer_to_is_named(
    settings: Any, allowed: list[str], is_allowed: bool
) -> None:
    settings.ALLOWED_HOSTS = allowed

    numbers = found(settings, "https://content.example")

    assert numbers == ([] if is_allowed else ["opora_runtimes.E005"])


def test_a_developer_without_a_content_origin_is_warned_only(settings: Any) -> None:
    settings.DEBUG = True
    settings.OPORA_CONTENT_ORIGIN = ""

    (message,) = packages_play_elsewhere(None)

    assert not message.is_serious()


def test_a_content_origin_that_nobody_tells_apart_is_named(settings: Any) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]

    assert found(settings, "https://content.example") == ["opora_runtimes.E006"]


def test_every_fault_has_a_sentence() -> None:
    assert set(SAID) == set(OriginFault)


def test_localhost_and_its_number_are_two_origins(settings: Any) -> None:
    assert found(settings, "http://127.0.0.1:8000", site="http://localhost:8000") == []


def test_requests_are_told_apart_before_sessions_begin() -> None:
    order = django_settings.MIDDLEWARE

    assert order.index("django.middleware.security.SecurityMiddleware") < order.index(MIDDLEWARE)
    assert order.index(MIDDLEWARE) < order.index("cms.headers.PortalHeadersMiddleware")
    assert order.index(MIDDLEWARE) < order.index("cms.page_cache.PageCacheMiddleware")
