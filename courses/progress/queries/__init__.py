"""Reads of progress: a learner's place, a family's week, a teacher's table; never stale (R15)."""

from courses.progress.queries.places import (
    Place,
    entry_of,
    log_of,
    place_of,
    places_of,
    revision_numbers,
    revisions_since,
    state_of,
    with_progress,
)

__all__ = [
    "Place",
    "entry_of",
    "log_of",
    "place_of",
    "places_of",
    "revision_numbers",
    "revisions_since",
    "state_of",
    "with_progress",
]
