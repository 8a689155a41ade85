"""What the course pages show, put together from plain pages and published rows.

Stands below the page types: pages come in as arguments, so nothing here names their classes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import Audience, Course, Topic
from courses.catalogue.rules import AGE_BANDS, Window, nearest_age_band
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import (
    AddedPolicy,
    CourseDraft,
    LessonDraft,
    LessonRef,
    ModuleDraft,
    Outline,
    StepDraft,
    compile_outline,
    rule_of,
)
from courses.people.api import ChildProfile, age_of, children_in_care_of
from courses.progress.queries import Place, place_of, with_progress


def draft_of(course_page, *, with_unpublished: bool = False) -> CourseDraft:
    """The course as its tree of pages stands: live pages, or with the newest drafts of all."""

    def below(page) -> list[Any]:
        children = page.get_children().order_by("path")
        if not with_unpublished:
            return list(children.live().specific())
        return [child.get_latest_revision_as_object() for child in children.specific()]

    return CourseDraft(
        modules=tuple(
            ModuleDraft(
                uid=str(module.translation_key),
                title=module.title,
                lessons=tuple(lesson_draft(lesson) for lesson in below(module)),
            )
            for module in below(course_page)
        )
    )


def lesson_draft(lesson) -> LessonDraft:
    """A lesson page as the compiler reads it."""
    return LessonDraft(
        uid=lesson.uid,
        title=lesson.title,
        minutes=lesson.minutes,
        can_now=lesson.can_now,
        ask_at_home=lesson.ask_at_home,
        look_together=lesson.look_together,
        available_from=lesson.available_from,
        steps=tuple(
            StepDraft(
                block_id=block["id"],
                kind=block["type"],
                title=block["value"]["title"],
                required=block["value"]["required"],
                weight=block["value"].get("weight") or 1,
                rule=rule_of(block["value"]),
                content=block["value"],
            )
            for block in lesson.steps.get_prep_value()
        ),
    )


def preview_outline(course_page) -> Outline:
    """The outline that publishing all drafts would give; its step uids are throw-away."""
    draft = draft_of(course_page, with_unpublished=True)
    block_ids = [step.block_id for _lesson, step in draft.places()]
    return compile_outline(
        draft,
        names=block_ids,
        versions=[0] * len(block_ids),
        earlier={},
        n=1,
        policy=AddedPolicy.INITIAL,
    )


class Action(StrEnum):
    """The one thing to do on a course page; its button says it."""

    SIGN_IN = "sign_in"
    START = "start"
    CONTINUE = "continue"
    FINISHED = "finished"
    SOON = "soon"
    CLOSED = "closed"
    TOO_YOUNG = "too_young"
    NOTHING = "nothing"


class LessonState(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in the programme; ``address`` is ``None`` where the reader cannot open it."""

    lesson: LessonRef
    state: LessonState
    address: str | None


@dataclass(frozen=True, slots=True)
class ModuleRow:
    title: str
    lessons: tuple[LessonRow, ...]


@dataclass(frozen=True, slots=True)
class ChildChoice:
    """A child in the reader's care and whether they have a place on the course."""

    child: ChildProfile
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class CourseView:
    """What a course page shows to one reader."""

    course: Course | None
    outline: Outline | None
    place: Place | None
    action: Action
    next_lesson: int | None
    """The number, from 1, of the lesson where the learner goes on."""
    modules: tuple[ModuleRow, ...]
    children: tuple[ChildChoice, ...]

    @property
    def lesson_total(self) -> int:
        return len(self.outline.lessons) if self.outline else 0


def course_view(
    page,
    user,
    *,
    at: datetime,
    is_preview: bool,
    lesson_addresses: Callable[[], Mapping[str, str]],
) -> CourseView:
    """What ``page`` shows to ``user`` at the aware moment ``at``.

    ``lesson_addresses`` is asked for the addresses of the lesson pages, by lesson uid, only where
    a reader without a place may open them.
    """
    if is_preview:
        outline = preview_outline(page)
        return CourseView(None, outline, None, Action.NOTHING, None, _rows(outline), ())
    course = page.course
    if course is None or course.current_revision_id is None:
        return CourseView(course, None, None, Action.NOTHING, None, (), ())
    outline = outline_by_id(course.current_revision_id)
    place = own_place(course, user)
    if place is not None:
        finished = place.state.finished is not None
        return CourseView(
            course=course,
            outline=outline,
            place=place,
            action=Action.FINISHED if finished else Action.CONTINUE,
            next_lesson=_number_of(outline, place.resume(at).uid),
            modules=_learner_rows(place, at),
            children=(),
        )
    addresses = lesson_addresses() if course.is_open_reading else {}
    return CourseView(
        course=course,
        outline=outline,
        place=None,
        action=_action_for(course, user, at),
        next_lesson=None,
        modules=_rows(outline, addresses),
        children=_children_to_enrol(course, user, at),
    )


def own_place(course: Course, user) -> Place | None:
    """The reader's own place on the course, with outline and state: one query when warm."""
    if not user.is_authenticated:
        return None
    places = Enrolment.objects.of_learner(user).active().filter(course=course)
    enrolment = with_progress(places).first()
    return place_of(enrolment) if enrolment is not None else None


def _action_for(course: Course, user, at: datetime) -> Action:
    window = course.window(timezone.localdate(at))
    if window is Window.SOON:
        return Action.SOON
    if window is Window.CLOSED:
        return Action.CLOSED
    if not user.is_authenticated:
        return Action.SIGN_IN
    age = age_of(user, at=at)
    if age is not None and age < course.age_mark:
        return Action.TOO_YOUNG
    return Action.START


def _children_to_enrol(course: Course, user, at: datetime) -> tuple[ChildChoice, ...]:
    """The reader's children, on a course for children that can be begun."""
    if not user.is_authenticated or course.audience != Audience.CHILD:
        return ()
    children = list(children_in_care_of(user, at=at))
    if not children:
        return ()
    enrolled = set(
        Enrolment.objects.active()
        .filter(course=course, learner__in=[child.user_id for child in children])
        .values_list("learner_id", flat=True)
    )
    return tuple(ChildChoice(child, child.user_id in enrolled) for child in children)


def _number_of(outline: Outline, step_uid: str) -> int:
    return outline.lessons.index(outline.lesson_by_step[step_uid]) + 1


def _rows(outline: Outline, addresses: Mapping[str, str] | None = None) -> tuple[ModuleRow, ...]:
    known = addresses or {}
    return tuple(
        ModuleRow(
            title=module.title,
            lessons=tuple(
                LessonRow(lesson, LessonState.NOT_STARTED, known.get(lesson.uid))
                for lesson in module.lessons
            ),
        )
        for module in outline.modules
    )


def _learner_rows(place: Place, at: datetime) -> tuple[ModuleRow, ...]:
    return tuple(
        ModuleRow(module.title, tuple(_learner_row(place, lesson, at) for lesson in module.lessons))
        for module in place.outline.modules
    )


def _learner_row(place: Place, lesson: LessonRef, at: datetime) -> LessonRow:
    if not place.is_open(lesson, at):
        return LessonRow(lesson, LessonState.CLOSED, None)
    step = place.resume(at, within=lesson)
    address = reverse("courses:step", args=[place.enrolment.uid, step.uid])
    if place.is_lesson_done(lesson):
        return LessonRow(lesson, LessonState.DONE, address)
    started = place.is_lesson_started(lesson)
    return LessonRow(lesson, LessonState.STARTED if started else LessonState.NOT_STARTED, address)


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
    cards: tuple[Card, ...]
    ages: tuple[Chip, ...]
    topics: tuple[Chip, ...]
    audiences: tuple[Chip, ...]
    now: Chip
    query: str
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
    chosen = {name: params.get(name, "").strip()[:100] for name in FACETS}
    topics = list(Topic.get_root_nodes())
    courses = Course.objects.published().fit_for(age_of(user, at=at))
    band = next((band for band in AGE_BANDS if band.code == chosen["age"]), None)
    everywhere = _narrowed(courses, chosen, topics, today)
    found = everywhere
    if band is not None:
        found = found.for_ages(band.first, band.last)
    elif chosen["age"] == ADULTS:
        found = found.exclude(audience=Audience.CHILD)
    cards = _cards(pages.filter(course__in=found), chosen["q"], today)
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
        is_filtered=any(chosen.values()),
        nearest_age=nearest,
    )


def _narrowed(courses: QuerySet, chosen: Mapping[str, str], topics: list[Topic], today) -> QuerySet:
    """The courses under every facet but age."""
    topic = next((topic for topic in topics if topic.slug == chosen["topic"]), None)
    if topic is not None:
        courses = courses.filter(topic__path__startswith=topic.path)
    if chosen["audience"] in Audience.values:
        courses = courses.filter(audience=chosen["audience"])
    if chosen["now"] == "1":
        courses = courses.open_for_enrolment(today)
    return courses


def _cards(pages: QuerySet, query: str, today) -> tuple[Card, ...]:
    if query:
        pages = pages.filter(pk__in=[page.pk for page in pages.search(query)])
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
    return _cards(pages.filter(course__in=courses), "", today)[:most]


def player_address(page, user, *, course: Course | None) -> str | None:
    """Where a learner of the course goes on with this lesson; ``None`` for everybody else."""
    if course is None:
        return None
    place = own_place(course, user)
    if place is None:
        return None
    lesson = next((lesson for lesson in place.outline.lessons if lesson.uid == page.uid), None)
    if lesson is None or not place.is_open(lesson, timezone.now()):
        return reverse("courses:resume", args=[place.enrolment.uid])
    step = place.resume(timezone.now(), within=lesson)
    return reverse("courses:step", args=[place.enrolment.uid, step.uid])
