"""Reads of progress: a learner's place, a family's week, a teacher's table; never stale (R15)."""

from courses.progress.queries.explanations import Explanation, explanation_of
from courses.progress.queries.families import Learned, learned_in, of_the_week
from courses.progress.queries.finished import (
    count_to_reopen,
    finished_places,
    is_short_of_the_course,
)
from courses.progress.queries.places import (
    Place,
    admission_of,
    entry_of,
    log_of,
    place_of,
    places_of,
    revision_numbers,
    revisions_since,
    state_of,
    with_progress,
)
from courses.progress.queries.tables import (
    Chosen,
    Row,
    Table,
    courses_with_counts,
    every_row,
    progress_table,
)

__all__ = [
    "Chosen",
    "Explanation",
    "Learned",
    "Place",
    "Row",
    "Table",
    "admission_of",
    "count_to_reopen",
    "courses_with_counts",
    "entry_of",
    "every_row",
    "explanation_of",
    "finished_places",
    "is_short_of_the_course",
    "learned_in",
    "log_of",
    "of_the_week",
    "place_of",
    "places_of",
    "progress_table",
    "revision_numbers",
    "revisions_since",
    "state_of",
    "with_progress",
]
