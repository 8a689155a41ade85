"""The words that tests of courses are written in."""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from courses.catalogue.models import Course, Topic
from courses.enrolments.models import Enrolment
from courses.enrolments.operations import enrol
from courses.lessons.models import StepVersion
from courses.lessons.operations import publish_revision
from courses.lessons.rules import (
    AddedPolicy,
    CourseDraft,
    LessonDraft,
    ModuleDraft,
    Rule,
    RuleKind,
    StepDraft,
    StepRef,
)
from courses.people.api import Teacher, create_child, link_guardian
from courses.progress.operations import recompute_course

NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""Noon in Moscow on an ordinary Saturday: the fixed moment of the tests."""


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def person(db) -> Callable:
    """``person("anna")``: an adult's account."""

    def make(name: str):
        users = get_user_model()
        found = users.objects.filter(username=name).first()
        return found or users.objects.create_user(name, password="opora-test")

    return make


@pytest.fixture
def child(db) -> Callable:
    """``child("masha")``: a child's profile with an account, ten years old at noon."""

    def make(name: str, *, birth_year: int = 2016, birth_month: int = 3):
        return create_child(
            user_name=name,
            pin="2580",
            display_name=name.title(),
            birth_year=birth_year,
            birth_month=birth_month,
        )

    return make


@pytest.fixture
def guardian_of(person) -> Callable:
    """``guardian_of(masha)``: an adult in whose care the child is."""

    def make(child_profile, name: str | None = None):
        guardian = person(name or f"parent-of-{child_profile.user.username}")
        link_guardian(guardian=guardian, child=child_profile, at=NOON)
        return guardian

    return make


@pytest.fixture
def teacher(person) -> Teacher:
    return Teacher.objects.create(name="Olga Smirnova", user=person("olga"))


def text_step(key: str, **changes) -> StepDraft:
    """A step that is done when it was seen; the same ``key`` is the same block."""
    step: dict[str, Any] = {
        "block_id": block_id(key),
        "kind": "text",
        "title": key,
        "required": True,
        "weight": 1,
        "rule": Rule(RuleKind.VIEWED),
        "content": {
            "title": key,
            "required": True,
            "completion": "viewed",
            "body": f"<p>{key}</p>",
        },
    } | changes
    return StepDraft(**step)


def block_id(key: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, key))


def lesson_of(steps: Sequence[StepDraft], *, title: str = "Lesson", **changes) -> LessonDraft:
    lesson: dict[str, Any] = {
        "uid": block_id(f"lesson {title}"),
        "title": title,
        "minutes": 10,
        "can_now": "tell a bridge from a ford",
        "ask_at_home": "Where is the nearest bridge?",
        "look_together": "A map of the river",
        "available_from": None,
        "steps": tuple(steps),
    } | changes
    return LessonDraft(**lesson)


def course_of(*lessons: LessonDraft) -> CourseDraft:
    return CourseDraft((ModuleDraft(block_id("module"), "Module", tuple(lessons)),))


def draft_of_steps(*steps: StepDraft | str) -> CourseDraft:
    """A course of one lesson; a string is a text step of that name."""
    ready = [text_step(step) if isinstance(step, str) else step for step in steps]
    return course_of(lesson_of(ready))


@pytest.fixture
def a_course(db, teacher) -> Callable[..., Course]:
    """``a_course("a", "b")``: a published course of these steps, open to everybody."""

    def make(*steps: StepDraft | str, title: str = "Bridges", draft: CourseDraft | None = None):
        topic = Topic.objects.first() or Topic.add_root(name="Art", slug="art", sign="art")
        course = Course.objects.create(
            title=title,
            promise="You will build a bridge",
            topic=topic,
            hours=2,
            age_from=9,
            age_to=12,
            teacher=teacher,
            is_public=True,
        )
        publish(course, draft or draft_of_steps(*steps))
        course.refresh_from_db()
        return course

    return make


def publish(
    course: Course,
    draft: CourseDraft,
    *,
    policy: AddedPolicy = AddedPolicy.OPTIONAL_FOR_ACTIVE,
    at: datetime = NOON,
) -> None:
    """Publish a draft and bring everyone inside up to it, as publishing a page does."""
    publish_revision(course=course, draft=draft, policy=policy, actor=None, at=at)
    recompute_course(course_id=course.pk)


@pytest.fixture
def a_place(child) -> Callable[..., Enrolment]:
    """``a_place(course)``: the place of Masha, or of the account given."""

    def make(course: Course, learner=None, *, at: datetime = NOON) -> Enrolment:
        learner = learner or child(f"masha-{Enrolment.objects.count()}").user
        return enrol(learner=learner, course=course, actor=learner, at=at)

    return make


def step_uid(course: Course, title: str) -> str:
    """The uid of the step of that title in the current outline."""
    from courses.lessons.queries import outline_by_id

    course.refresh_from_db()
    outline = outline_by_id(course.current_revision_id)
    return next(step.uid for step in outline.steps if step.title == title)


def contents_of(steps: Sequence[StepRef]) -> dict[str, StepVersion]:
    """What the steps say in their revision, by step uid."""
    versions = StepVersion.objects.in_bulk([step.version for step in steps])
    return {step.uid: versions[step.version] for step in steps}
