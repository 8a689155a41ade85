"""A course as an editor sees it: a tree of pages."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from courses.catalogue.models import Course, Topic
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import Outline
from courses.pages.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from tests.courses.conftest import block_id


def block(key: str, kind: str = "text", **changes: Any) -> dict[str, Any]:
    """A block as StreamField stores it; the same ``key`` is the same block."""
    value = {
        "title": key,
        "required": True,
        "weight": 1,
        "completion": "viewed",
        "body": f"<p>{key}</p>",
    } | changes
    return {"type": kind, "id": block_id(key), "value": value}


def stream(*blocks: str | dict[str, Any]) -> str:
    ready = [block(it) if isinstance(it, str) else it for it in blocks]
    return json.dumps(ready)


def fresh(page: Page) -> Page:
    """The page as the tree has it now: treebeard counts children and paths in the row."""
    return Page.objects.get(pk=page.pk)


@dataclass
class Tree:
    """A course page with one module; nothing of what is added is published by itself."""

    page: CoursePage
    module: ModulePage

    def add_module(self, title: str) -> ModulePage:
        return fresh(self.page).add_child(instance=ModulePage(title=title, live=False))

    def add_lesson(self, title: str, *blocks, module: ModulePage | None = None) -> LessonPage:
        lesson = LessonPage(title=title, steps=stream(*blocks), live=False)
        return fresh(module or self.module).add_child(instance=lesson)

    def publish(self, *pages: Page) -> None:
        """Publish these pages, or the course and all below it."""
        for page in pages or Page.objects.descendant_of(self.page, inclusive=True):
            fresh(page).specific.save_revision().publish()

    def write(self, lesson: LessonPage, *blocks) -> LessonPage:
        """Put other blocks into a lesson; nothing is saved."""
        fresh = LessonPage.objects.get(pk=lesson.pk)
        fresh.steps = json.loads(stream(*blocks))
        return fresh

    @property
    def course(self) -> Course:
        return Course.objects.get(pages=self.page)

    @property
    def outline(self) -> Outline:
        return outline_by_id(self.course.current_revision_id)

    @property
    def titles(self) -> list[str]:
        return [step.title for step in self.outline.steps]

    @property
    def revisions(self) -> int:
        return self.course.revisions.count()


@pytest.fixture
def index(db) -> CourseIndexPage:
    return Page.get_first_root_node().add_child(instance=CourseIndexPage(title="Courses"))


@pytest.fixture
def tree(index, teacher) -> Callable[..., Tree]:
    """``tree("a", "b")``: a course page whose one lesson has these blocks; nothing is published."""

    def make(*blocks, title: str = "Bridges", **facts: Any) -> Tree:
        topic = Topic.objects.first() or Topic.add_root(name="Art", slug="art", sign="art")
        page = CoursePage(
            title=title,
            promise="You will build a bridge",
            topic=topic,
            hours=2,
            age_from=9,
            age_to=12,
            teacher=teacher,
            live=False,
            **facts,
        )
        made = Tree(index.add_child(instance=page), ModulePage(title="Module", live=False))
        made.page.add_child(instance=made.module)
        if blocks:
            made.add_lesson("Lesson", *blocks)
        return made

    return make


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable:
    """``with committed():`` — one transaction, with all that follows its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def published(tree, committed) -> Callable[..., Tree]:
    """``published("a", "b")``: the same, published whole."""

    def make(*blocks, **facts: Any) -> Tree:
        made = tree(*blocks, **facts)
        with committed():
            made.publish()
        return made

    return make


@pytest.fixture
def editor(client):
    """Somebody who may do everything in the admin, signed in."""
    user = get_user_model().objects.create_superuser("elena", password="opora-test")
    client.force_login(user)
    return user


@pytest.fixture
def send(client, committed) -> Callable:
    """``send(address, form)``: submit a form and follow to the page that answers."""

    def post(address: str, form: dict[str, Any]):
        with committed():
            return client.post(address, form, follow=True)

    return post
