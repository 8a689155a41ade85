"""What an editor sees of a whole course beside its form: the programme, and who is inside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from courses.enrolments.models import Enrolment


@dataclass(frozen=True)
class PageLine:
    """A module or a lesson as its newest draft stands."""

    page: Any
    number: str
    content: Mapping[str, Any]

    @property
    def title(self) -> str:
        return self.content["title"]

    @property
    def is_draft(self) -> bool:
        return not self.page.live

    @property
    def is_changed(self) -> bool:
        return self.page.live and self.page.has_unpublished_changes


@dataclass(frozen=True)
class LessonLine(PageLine):
    @property
    def minutes(self) -> int:
        return self.content["minutes"] or 0

    @cached_property
    def steps(self) -> int:
        return len(json.loads(self.content["steps"] or "[]"))

    @property
    def says_can_now(self) -> bool:
        """Whether parents will read what the child has learned."""
        return bool(self.content["can_now"])


@dataclass(frozen=True)
class ModuleLine(PageLine):
    lessons: tuple[LessonLine, ...]


@dataclass(frozen=True)
class Programme:
    """The course as its editor has written it, drafts included.

    ``problem`` says why the last publishing failed. ``inside``, ``finished`` and ``behind`` count
    learners; ``behind`` are those whose progress a background task still has to bring up to the
    published revision.
    """

    modules: tuple[ModuleLine, ...]
    problem: str
    revision_n: int | None
    inside: int
    finished: int
    behind: int

    @property
    def lessons(self) -> list[LessonLine]:
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def has_drafts(self) -> bool:
        lines: list[PageLine] = [*self.modules, *self.lessons]
        return any(line.is_draft or line.is_changed for line in lines)


def programme_of(course_page: Any) -> Programme:
    """The programme of a saved course page; five queries whatever its size."""
    below = course_page.get_descendants().order_by("path").select_related("latest_revision")
    pages = list(below)
    modules: list[ModuleLine] = []
    for page in pages:
        if page.depth == course_page.depth + 1:
            number = len(modules) + 1
            lessons = [lesson for lesson in pages if lesson.is_child_of(page)]
            modules.append(
                ModuleLine(
                    page=page,
                    number=str(number),
                    content=_newest_content(page),
                    lessons=tuple(
                        LessonLine(lesson, f"{number}.{index}", _newest_content(lesson))
                        for index, lesson in enumerate(lessons, start=1)
                    ),
                )
            )
    course = course_page.course
    if course is None or course.current_revision is None:
        problem = course.publishing_problem if course is not None else ""
        return Programme(tuple(modules), problem, None, inside=0, finished=0, behind=0)
    n = course.current_revision.n
    counts = (
        Enrolment.objects.active()
        .filter(course=course)
        .aggregate(
            inside=Count("pk"),
            finished=Count("pk", filter=Q(state__finished_at__isnull=False)),
            behind=Count("pk", filter=Q(state__revision_n__lt=n, pinned_revision__isnull=True)),
        )
    )
    return Programme(tuple(modules), course.publishing_problem, n, **counts)


def _newest_content(page: Any) -> Mapping[str, Any]:
    if page.latest_revision is not None:
        return page.latest_revision.content
    return page.specific.serializable_data()
