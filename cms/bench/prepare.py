"""A portal to measure: ``python -m cms.bench.prepare SIZE`` in an environment of its own."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

PLAN = "plan.json"


def prepare(size_name: str) -> None:
    """Fill the database of this environment; what to ask is written into ``VAR_DIR/plan.json``."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone

    from cms.bench.cases import Reader, build_cases
    from cms.bench.courses import build_course
    from cms.bench.learners import fill, make_children
    from cms.bench.sizes import SIZES
    from cms.static_files import collect_if_changed
    from courses.people.api import Teacher, link_guardian

    size = SIZES[size_name]
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", verbosity=0)
    collect_if_changed()
    accounts = get_user_model().objects
    teacher = Teacher.objects.create(
        name="Мостов М. М.", user=accounts.create_user("bench-teacher")
    )
    pages = [
        build_course(
            f"Мосты {number}",
            slug=f"bridges-{number}",
            teacher=teacher,
            lessons=size.lessons,
            texts=4,
            quiz=number == 0,
        )
        for number in range(size.courses)
    ]
    children = make_children("reader", size.learners)
    places = fill(pages[0].course, children)
    for page in pages[1:3]:
        fill(page.course, children)
    pool = max(size.clients)
    guardians = []
    for number in range(pool):
        adult = accounts.create_user(f"guardian-{number}")
        in_care = [children[number].opora_child, children[number - 1].opora_child]
        for child in in_care:
            link_guardian(guardian=adult, child=child, at=timezone.now())
        guardians.append((Reader.of(adult), in_care[0].uid))
    tables = []
    for learners, lessons in size.tables:
        page = build_course(
            f"Таблица {learners} × {lessons}",
            slug=f"table-{learners}",
            teacher=teacher,
            lessons=lessons,
            texts=2,
        )
        fill(page.course, make_children(f"table-{learners}", learners))
        tables.append((f"teacher's table {learners:,} × {lessons}", page.course.public_id))
    cases = build_cases(
        clients=size.clients,
        course_page=pages[0],
        readers=[Reader.of(child) for child in children[:pool]],
        places=places[:pool],
        guardians=guardians,
        teacher=Reader.of(teacher.user),
        tables=tables,
    )
    plan = Path(settings.VAR_DIR) / PLAN
    plan.write_text(json.dumps([asdict(case) for case in cases]))


if __name__ == "__main__":
    django.setup()
    prepare(sys.argv[1])
