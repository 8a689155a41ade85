"""Where courses stand on the site and how they look there, kept in a generation of the content."""

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from courses.catalogue.models import Course
from courses.foundation.generations import generation_of
from courses.foundation.sites import site_of
from courses.pages.models import CourseIndexPage, CoursePage

COURSES_KEPT = 2_000


def course_address(request: HttpRequest, course: Course) -> str:
    """The course's page; where it is no longer public, the learner's home."""
    address = _course_address(generation_of(request), site_of(request), course)
    if address:
        return address
    try:
        return reverse("courses:my")
    except NoReverseMatch:
        return "/"


def catalogue_address(request: HttpRequest) -> str:
    """Where courses are chosen; the front page where the site has no catalogue."""
    return _catalogue_address(generation_of(request), site_of(request)) or "/"


def course_picture(request: HttpRequest, course: Course) -> str:
    """The HTML of the course's cover on a card: the editor's picture, else a drawn one."""
    return _course_picture(generation_of(request), course)


@lru_cache(maxsize=COURSES_KEPT)
def _course_address(_generation: str, site: Site | None, course: Course) -> str | None:
    page = CoursePage.objects.live().filter(course=course).first()
    return page.relative_url(site) if page is not None else None


@lru_cache(maxsize=COURSES_KEPT)
def _catalogue_address(_generation: str, site: Site | None) -> str | None:
    page = CourseIndexPage.objects.live().first()
    return page.relative_url(site) if page is not None else None


@lru_cache(maxsize=COURSES_KEPT)
def _course_picture(_generation: str, course: Course) -> str:
    page = CoursePage.objects.live().filter(course=course).select_related("cover").first()
    return render_to_string("courses/parts/place_picture.html", {"page": page, "course": course})
