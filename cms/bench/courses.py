"""Courses of any size, built as an editor builds them: a tree of pages, published once."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import Page

from courses.api import Topic
from courses.people.api import Teacher
from courses.runtimes.api import Package

BLOCKS = uuid.UUID("0b0e6c3e-3f0e-5a7b-9b7e-2f7d6c1e9a55")
PARAGRAPHS = 6
QUESTIONS = 10
TEXT = "Мост держится на опорах: чем дальше они стоят, тем толще балка. " * 4


def page_class(name: str) -> Any:
    return apps.get_model("opora_pages", name)


def build_course(
    title: str,
    *,
    slug: str,
    teacher: Teacher,
    lessons: int,
    texts: int,
    quiz: bool = False,
    packages: Sequence[Package] = (),
) -> Any:
    """A published course page; in each lesson ``texts`` texts, a quiz if asked, ``packages``."""
    index = page_class("CourseIndexPage").objects.get()
    page = page_class("CoursePage")(
        title=title,
        slug=slug,
        promise="Построим мост и поймём, почему он стоит",
        topic=Topic.get_first_root_node(),
        hours=10,
        age_from=9,
        age_to=12,
        teacher=teacher,
        about=f"<p>{TEXT}</p>",
        live=False,
    )
    with transaction.atomic():
        index.add_child(instance=page)
        module = page_class("ModulePage")(title="Модуль", slug="module")
        page.add_child(instance=module)
        for number in range(lessons):
            module.add_child(
                instance=_lesson(
                    f"{title}, {number + 1}", f"lesson-{number}", texts, quiz, packages
                )
            )
    with transaction.atomic():
        Page.objects.get(pk=page.pk).specific.save_revision().publish()
    page.refresh_from_db()
    return page


def _lesson(title: str, slug: str, texts: int, quiz: bool, packages: Iterable[Package]) -> Any:
    steps = [text_block(f"{title}/{number}") for number in range(texts)]
    if quiz:
        steps.append(_quiz_block(title))
    steps += [_package_block(title, package) for package in packages]
    return page_class("LessonPage")(
        title=title,
        slug=slug,
        minutes=15,
        can_now="рассказать, почему мост не падает",
        ask_at_home="Какой мост у нас самый старый?",
        look_together="Посмотрите на опоры моста",
        steps=steps,
    )


def text_block(key: str) -> dict[str, Any]:
    return _block(
        "text",
        key,
        {
            "title": f"Шаг {key.rpartition('/')[2]}",
            "required": True,
            "weight": 1,
            "completion": "viewed",
            "body": f"<p>{TEXT}</p>" * PARAGRAPHS,
        },
    )


def _quiz_block(key: str) -> dict[str, Any]:
    return _block(
        "quiz",
        f"{key}/quiz",
        {
            "title": "Проверь себя",
            "required": True,
            "weight": 1,
            "completion": "passed",
            "intro": "",
            "pass_percent": 60,
            "attempts_allowed": None,
            "feedback": "each",
            "shuffle": False,
            "questions": [_question(f"{key}/quiz/{number}") for number in range(QUESTIONS)],
        },
    )


def _package_block(key: str, package: Package) -> dict[str, Any]:
    value = {
        "title": package.title,
        "required": True,
        "weight": 1,
        "completion": "completed",
        "package": package.pk,
        "score_policy": "highest",
        "pass_percent": 60,
        "height": 480,
    }
    return _block("package", f"{key}/{package.uid}", value)


def _question(key: str) -> dict[str, Any]:
    value = {
        "text": "Что держит балку?",
        "hint": "Посмотри вниз",
        "explanation": "Опоры передают вес земле.",
        "points": 1,
        "options": _listed(
            key,
            [
                {"text": "Опоры", "correct": True, "explanation": "Верно."},
                {"text": "Перила", "correct": False, "explanation": "Они держат людей."},
                {"text": "Фонари", "correct": False, "explanation": "Они светят."},
            ],
        ),
    }
    return _block("single", key, value)


def _listed(key: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    return [_block("item", f"{key}/{number}", value) for number, value in enumerate(values)]


def _block(kind: str, key: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid5(BLOCKS, key)), "value": value}
