"""``python -m cms.bench.acknowledged``: which of the events on standard input are in the log."""

import json
import sys
from collections.abc import Sequence

import django

AT_ONCE = 500


def lost(uids: Sequence[str]) -> int:
    """How many of the acknowledged events are not to be found."""
    from django.apps import apps

    events = apps.get_model("opora_courses", "Event").objects
    found = sum(
        events.filter(uid__in=uids[start : start + AT_ONCE]).count()
        for start in range(0, len(uids), AT_ONCE)
    )
    return len(uids) - found


if __name__ == "__main__":
    django.setup()
    json.dump(lost(json.load(sys.stdin)), sys.stdout)
