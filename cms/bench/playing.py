"""``python -m cms.bench.playing SIZE FACTOR``: packages in lessons, and what to ask of them.

Stands on the database that :mod:`cms.bench.prepare` has filled; what to ask is written into
``VAR_DIR/played.json``.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

PLAN = "played.json"
SEEDS = 1_000_000


def prepare(size_name: str, factor: int) -> None:
    """Add ``factor`` times as much of everything as the size has of it."""
    from django.conf import settings

    from cms.bench.courses import build_course
    from cms.bench.frames import content_headers
    from cms.bench.learners import make_children
    from cms.bench.packages import KINDS, brought
    from cms.bench.played import build_cases, start_paths
    from cms.bench.players import fill
    from cms.bench.sizes import MORE, SIZES
    from courses.people.api import Teacher

    size = SIZES[size_name]
    packages = {
        kind: [brought(kind, SEEDS * factor + number) for number in range(size.packages * factor)]
        for kind in KINDS
    }
    page = build_course(
        f"Игры × {factor}",
        slug=f"games-{factor}",
        teacher=Teacher.objects.get(user__username="bench-teacher"),
        lessons=1,
        texts=1,
        packages=[own[0] for own in packages.values()],
    )
    pool = max(size.clients)
    users = make_children(f"player-{factor}", pool * len(size.clients) * factor)
    places = fill(page.course, users, past=size.past * factor)[::factor]
    cases = build_cases(
        groups={
            clients: places[number * pool : (number + 1) * pool]
            for number, clients in enumerate(size.clients)
        },
        packages=[one for own in packages.values() for one in own],
        more="" if factor == 1 else f", {MORE}",
    )
    plan = {
        "cases": [asdict(case) for case in cases],
        "starts": {"headers": content_headers(), "paths": start_paths(packages["h5p"])},
    }
    (Path(settings.VAR_DIR) / PLAN).write_text(json.dumps(plan))


if __name__ == "__main__":
    django.setup()
    prepare(sys.argv[1], int(sys.argv[2]))
