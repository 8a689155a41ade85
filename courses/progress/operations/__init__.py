"""Everything that changes progress: appending events, folding them, recomputing."""

from courses.progress.operations.appending import record
from courses.progress.operations.intake import Outcome, take_in
from courses.progress.operations.recomputing import recompute, recompute_course, replayed
from courses.progress.operations.reopening import reopen_completions
from courses.progress.operations.saying import (
    import_results,
    mark_done,
    pin,
    reset,
    retract,
    unpin,
)

__all__ = [
    "Outcome",
    "import_results",
    "mark_done",
    "pin",
    "recompute",
    "recompute_course",
    "record",
    "reopen_completions",
    "replayed",
    "reset",
    "retract",
    "take_in",
    "unpin",
]
