"""``python -m cms.bench.publishing LEARNERS``: publishing with so many learners inside."""

import json
import statistics
import sys
import time
from typing import Any

import django

LESSONS, TEXTS = 5, 10
TIMES = 3


def measure(learners: int) -> dict[str, Any]:
    """Publish a lesson of a 50-step course a few times; the recompute of everybody included."""
    from django.db import connection, transaction

    from cms.bench.counting import TRANSACTION
    from cms.bench.courses import build_course, page_class, text_block
    from cms.bench.learners import fill, make_children
    from courses.people.api import Teacher

    teacher = Teacher.objects.get(user__username="bench-teacher")
    slug = f"publishing-{learners}"
    page = build_course(slug, slug=slug, teacher=teacher, lessons=LESSONS, texts=TEXTS)
    fill(page.course, make_children(slug, learners))
    lesson_pk = page_class("LessonPage").objects.descendant_of(page).first().pk
    milliseconds: list[float] = []
    cpu_ms: list[float] = []
    queries: list[int] = []

    def counted(execute: Any, sql: str, *arguments: Any) -> Any:
        queries[-1] += not sql.startswith(TRANSACTION)
        return execute(sql, *arguments)

    for number in range(TIMES):
        lesson = page_class("LessonPage").objects.get(pk=lesson_pk)
        stored = [dict(block) for block in lesson.steps.raw_data]
        lesson.steps = [*stored[1:], text_block(f"{slug}/new/{number}")]
        queries.append(0)
        began, cpu_began = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(counted), transaction.atomic():
            lesson.save_revision().publish()
        milliseconds.append(1000 * (time.perf_counter() - began))
        cpu_ms.append(1000 * (time.process_time() - cpu_began))
    refuse_differences(page.course, learners)
    return {
        "rps": 1000 / statistics.median(milliseconds),
        "p50_ms": statistics.median(milliseconds),
        "p95_ms": max(milliseconds),
        "cpu_ms": statistics.median(cpu_ms),
        "queries": statistics.median(queries),
        "bytes": 0,
    }


def refuse_differences(course: Any, learners: int) -> None:
    """Everybody stands at the newest revision, and as a replay of their log has it.

    Raises:
        RuntimeError: somebody was left behind.
        CommandError: a kept state differs from its log.
    """
    from django.apps import apps
    from django.core.management import call_command

    course.refresh_from_db()
    states = apps.get_model("opora_courses", "CourseState").objects.filter(enrolment__course=course)
    behind = states.exclude(revision_n=course.current_revision.n).count()
    if behind or states.count() < learners * 0.9:
        raise RuntimeError(f"{behind} of {states.count()} learners were left behind.")
    call_command("recompute_progress", check=True, course=course.public_id, stdout=sys.stderr)


if __name__ == "__main__":
    django.setup()
    json.dump(measure(int(sys.argv[1])), sys.stdout)
