"""The catalogue under a reader's choices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from courses.catalogue.models import Audience, Course, Topic
from courses.catalogue.querysets import CourseQuerySet
from courses.catalogue.rules import AGE_BANDS, Window, nearest_age_band
from courses.lessons.queries import outline_by_id
from courses.people.api import age_of


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a facet: a link that puts it on, or off where it is on."""

    code: str
    label: Any
    address: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A course in the catalogue. ``window`` says whether it can be begun today."""

    page: Any
    course: Course
    lessons: int
    minutes: int
    window: Window


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """``kept`` are the chosen facets besides the words, as names and values for the search form."""

    cards: tuple[Card, ...]
    ages: tuple[Chip, ...]
    topics: tuple[Chip, ...]
    audiences: tuple[Chip, ...]
    now: Chip
    query: str
    kept: tuple[tuple[str, str], ...]
    is_filtered: bool
    nearest_age: Chip | None

    @property
    def total(self) -> int:
        return len(self.cards)


ADULTS = "adults"
FACETS = ("age", "topic", "audience", "now", "q")


def catalogue_view(pages: QuerySet, params: QueryDict, user, *, at: datetime) -> CatalogueView:
    """The catalogue under the reader's choices; unknown values of a facet are ignored.

    ``pages`` are the live public course pages below the catalogue. A child does not see courses
    whose age mark is above their age.
    """
    today = timezone.localdate(at)
    chosen = {name: params.get(name, "").replace("\0", "").strip()[:100] for name in FACETS}
    topics = list(Topic.get_root_nodes())
    courses = Course.objects.published().fit_for(age_of(user, at=at))
    band = next((band for band in AGE_BANDS if band.code == chosen["age"]), None)
    everywhere = _narrowed(courses, chosen, topics, today)
    found = everywhere
    if band is not None:
        found = found.for_ages(band.first, band.last)
    elif chosen["age"] == ADULTS:
        found = found.exclude(audience=Audience.CHILD)
    cards = _cards(_searched(pages, chosen["q"]).filter(course__in=found), today)
    ages = tuple(_chip(chosen, "age", band.code, band.code.replace("-", "–")) for band in AGE_BANDS)
    nearest = None
    if not cards and band is not None:
        filled = {
            other.code
            for other in AGE_BANDS
            if everywhere.for_ages(other.first, other.last).exists()
        }
        code = nearest_age_band(band.code, filled)
        nearest = next((chip for chip in ages if chip.code == code), None)
    return CatalogueView(
        cards=cards,
        ages=(*ages, _chip(chosen, "age", ADULTS, "")),
        topics=tuple(_chip(chosen, "topic", topic.slug, topic) for topic in topics),
        audiences=tuple(
            _chip(chosen, "audience", value, label) for value, label in Audience.choices
        ),
        now=_chip(chosen, "now", "1", ""),
        query=chosen["q"],
        kept=tuple((name, value) for name, value in chosen.items() if value and name != "q"),
        is_filtered=any(chosen.values()),
        nearest_age=nearest,
    )


def _narrowed(
    courses: CourseQuerySet, chosen: Mapping[str, str], topics: list[Topic], today: date
) -> CourseQuerySet:
    """The courses under every facet but age."""
    topic = next((topic for topic in topics if topic.slug == chosen["topic"]), None)
    if topic is not None:
        courses = courses.filter(topic__path__startswith=topic.path)
    if chosen["audience"] in Audience.values:
        courses = courses.filter(audience=chosen["audience"])
    if chosen["now"] == "1":
        courses = courses.open_for_enrolment(today)
    return courses


def _searched(pages: Any, query: str) -> QuerySet:
    """The pages that hold the words, or whose title has words that begin so."""
    if not query:
        return pages
    # The search of SQLite has signs and capital words of its own, and fails where they stray.
    words = " ".join(re.findall(r"\w+", query.casefold()))
    if not words:
        return pages.none()
    found = {page.pk for page in pages.search(words)}
    return pages.filter(pk__in=found | {page.pk for page in pages.autocomplete(words)})


def _cards(pages: QuerySet, today) -> tuple[Card, ...]:
    pages = pages.select_related("course__topic", "cover").order_by("title")
    return tuple(_card(page, today) for page in pages)


def _card(page, today) -> Card:
    outline = outline_by_id(page.course.current_revision_id)
    return Card(
        page=page,
        course=page.course,
        lessons=len(outline.lessons),
        minutes=round(outline.minutes / max(1, len(outline.lessons))),
        window=page.course.window(today),
    )


def _chip(chosen: Mapping[str, str], facet: str, code: str, label: Any) -> Chip:
    is_on = chosen[facet] == code
    query = QueryDict(mutable=True)
    for name in FACETS:
        value = chosen[name] if name != facet else ("" if is_on else code)
        if value:
            query[name] = value
    address = f"?{query.urlencode()}" if query else "?"
    return Chip(code=code, label=label, address=address, is_on=is_on)


def featured_cards(pages: QuerySet, *, at: datetime, most: int) -> tuple[Card, ...]:
    """The courses that can be begun today, for a front page."""
    today = timezone.localdate(at)
    courses = Course.objects.published().open_for_enrolment(today)
    return _cards(pages.filter(course__in=courses), today)[:most]
