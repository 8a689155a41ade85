"""Pages as a reader without scripts meets them, in English."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify
from wagtail.models import Page, Site

from courses.catalogue.models import COURSE_FACTS, Course
from courses.enrolments.models import Enrolment
from courses.pages.models import CourseIndexPage, CoursePage
from courses.progress.operations import record
from courses.progress.rules import Evidence, Verb
from home.models import HomePage
from tests.courses.conftest import NOON, step_uid

CATALOGUE = "/courses/"


def reader(user: Any = None) -> Client:
    """A browser whose reader chose English; signed in as ``user``, or nobody."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if user is not None:
        client.force_login(user)
    return client


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def main_of(response: Any) -> Tag:
    """What the page says between the site's header and footer."""
    found = soup(response).find("main")
    assert isinstance(found, Tag), response.status_code
    return found


def words(response: Any) -> str:
    """The text between the site's header and footer, with single spaces."""
    return " ".join(main_of(response).get_text(" ").split())


def catalogue() -> CourseIndexPage:
    """The catalogue at ``/courses/`` of a site with a front page."""
    found = CourseIndexPage.objects.first()
    if found is not None:
        return found
    front = HomePage(title="Front", slug="front", headline="Front")
    Page.get_first_root_node().add_child(instance=front)
    index = front.add_child(instance=CourseIndexPage(title="Courses", slug="courses"))
    for site in Site.objects.filter(is_default_site=True):
        site.root_page = front
        site.save()
    return index


def show(course: Course, **facts: Any) -> CoursePage:
    """A live page that presents ``course`` in the catalogue; its address is :func:`address_of`."""
    known = {name: getattr(course, name) for name in COURSE_FACTS} | facts
    index = CourseIndexPage.objects.get(pk=catalogue().pk)
    slug = slugify(course.title, allow_unicode=True)
    page = CoursePage(title=course.title, slug=slug, course=course, **known)
    index.add_child(instance=page)
    Course.objects.filter(pk=course.pk).update(
        **{name: value for name, value in facts.items() if name in COURSE_FACTS}
    )
    return CoursePage.objects.get(pk=page.pk)


def address_of(page: CoursePage) -> str:
    return f"{CATALOGUE}{page.slug}/"


def queries_of(client: Client, address: str) -> int:
    """How many queries the page takes once it was read before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def tell(place: Enrolment, title: str, verb: Verb, payload: dict[str, Any], *, at=NOON) -> None:
    """Put an event about the step of that title into the log of the place."""
    record(
        enrolment=place,
        step_uid=step_uid(place.course, title),
        verb=verb,
        payload=payload,
        evidence=Evidence.SEEN,
        at=at,
    )


def see(place: Enrolment, title: str, *, at=NOON) -> None:
    """The learner has read the step of that title."""
    tell(place, title, Verb.VIEWED, {}, at=at)
