"""``python -m cms.bench.acknowledged KIND``: which of what standard input names was kept."""

import json
import sys
from collections.abc import Sequence

import django

AT_ONCE = 500
KEPT = {
    "events": ("opora_courses", "Event", "uid"),
    "answers": ("opora_runtimes", "Interaction", "response"),
}
"""By kind: the table and the column in which each is to be found."""


def lost(kind: str, names: Sequence[str]) -> int:
    """How many of the acknowledged are not to be found."""
    from django.apps import apps

    app, model, column = KEPT[kind]
    rows = apps.get_model(app, model).objects.order_by().values(column).distinct()
    found = sum(
        rows.filter(**{f"{column}__in": names[start : start + AT_ONCE]}).count()
        for start in range(0, len(names), AT_ONCE)
    )
    return len(names) - found


if __name__ == "__main__":
    django.setup()
    json.dump(lost(sys.argv[1], json.load(sys.stdin)), sys.stdout)
