"""Pages kept in memory: read without asking the database, and never behind the editor."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from courses.foundation.generations import GENERATION
from home.models import HomePage, PlainPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> PlainPage:
    """The page at ``/about/`` of a site, and ``/about/`` of another tree beside it."""
    root = Page.objects.get(depth=1)
    other = root.add_child(instance=HomePage(title="Other", slug="other", headline="Other"))
    other.add_child(instance=PlainPage(title="About the other", slug="about"))
    front = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Front", slug="front", headline="Front")
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": front}
    )
    return front.add_child(instance=PlainPage(title="About us", slug="about"))


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody with a session: whole pages kept for visitors are not for them."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    return client


def test_a_page_read_again_is_not_looked_for(reader: Client, about: PlainPage) -> None:
    reader.get("/about/")

    with CaptureQueriesContext(connection) as queries:
        answer = reader.get("/about/")

    assert "About us" in answer.text
    asked = [one["sql"] for one in queries]
    assert not [sql for sql in asked if "wagtailcore_site" in sql or "home_plainpage" in sql]


def _rename(page: PlainPage) -> None:
    page.title = "About the centre"
    page.save_revision().publish()


def _move_away(page: PlainPage) -> None:
    page.move(Page.objects.get(depth=1), pos="first-child")


def _lead_the_site_elsewhere(_page: PlainPage) -> None:
    site = Site.objects.get(is_default_site=True)
    site.root_page = Page.objects.get(slug="other")
    site.save()


def _readdress(page: PlainPage) -> None:
    page.slug = "centre"
    page.save_revision().publish()


def _close(page: PlainPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        (_rename, 200, "About the centre"),
        (_lead_the_site_elsewhere, 200, "About the other"),
        (_readdress, 301, ""),
        (_move_away, 404, ""),
        (PlainPage.unpublish, 404, ""),
        (PlainPage.delete, 404, ""),
        (_close, 302, ""),
    ],
)
def test_a_change_shows_at_once(
    reader: Client,
    about: PlainPage,
    django_capture_on_commit_callbacks: Any,
    change: Callable[[PlainPage], object],
    status: int,
    words: str,
) -> None:
    assert "About us" in reader.get("/about/").text

    with django_capture_on_commit_callbacks(execute=True):
        change(about)
    answer = reader.get("/about/")

    assert answer.status_code == status
    assert words in answer.text


def test_visitors_are_kept_out_as_soon_as_a_page_is_closed(
    client: Client, about: PlainPage, django_capture_on_commit_callbacks: Any
) -> None:
    client.get("/about/")

    with django_capture_on_commit_callbacks(execute=True):
        _close(about)

    assert client.get("/about/").status_code == 302


def test_a_page_made_where_there_was_none_is_found_at_once(
    reader: Client, about: PlainPage
) -> None:
    assert reader.get("/about/people/").status_code == 404

    about.add_child(instance=PlainPage(title="Our people", slug="people"))

    assert "Our people" in reader.get("/about/people/").text


def test_what_another_process_has_changed_shows_at_once(reader: Client, about: PlainPage) -> None:
    reader.get("/about/")
    Page.objects.filter(pk=about.pk).update(title="Changed elsewhere")

    cache.set(GENERATION, "begun by the other process")

    assert "Changed elsewhere" in reader.get("/about/").text


def test_one_host_never_gets_the_page_of_another(
    reader: Client, about: PlainPage, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.create(hostname="other.example", port=80, root_page=Page.objects.get(slug="other"))

    assert "About us" in reader.get("/about/").text
    assert "About the other" in reader.get("/about/", headers={"host": "other.example"}).text
    assert "About us" in reader.get("/about/").text
