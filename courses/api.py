"""The public face of the plug-in: all that code outside may call.

Operations take their actor and moment; refusals are exceptions with a ``code`` and a sentence in
the reader's language. Abstract classes to extend are in :mod:`courses.bases`.
"""

from courses.attempts.operations import answer_question, start_attempt
from courses.attempts.queries import localised_quiz
from courses.catalogue.models import AgeMark, Audience, Course, CourseRevision, Topic
from courses.enrolments.errors import EnrolmentRefusal
from courses.enrolments.models import Enrolment
from courses.enrolments.operations import enrol, withdraw
from courses.lessons.errors import CourseIncomplete
from courses.lessons.queries import package_of_step
from courses.progress.errors import ProgressRefusal
from courses.progress.models import Completion
from courses.progress.operations import (
    import_results,
    mark_done,
    pin,
    recompute,
    recompute_course,
    record,
    reopen_completions,
    replayed,
    reset,
    retract,
    unpin,
)
from courses.progress.queries import Place, place_of, with_progress
from courses.progress.rules import Evidence, Verb
from courses.submissions.errors import SubmissionRefusal
from courses.submissions.operations import answer, hand_in

__all__ = [
    "AgeMark",
    "Audience",
    "Completion",
    "Course",
    "CourseIncomplete",
    "CourseRevision",
    "Enrolment",
    "EnrolmentRefusal",
    "Evidence",
    "Place",
    "ProgressRefusal",
    "SubmissionRefusal",
    "Topic",
    "Verb",
    "answer",
    "answer_question",
    "enrol",
    "hand_in",
    "import_results",
    "localised_quiz",
    "mark_done",
    "package_of_step",
    "pin",
    "place_of",
    "recompute",
    "recompute_course",
    "record",
    "reopen_completions",
    "replayed",
    "reset",
    "retract",
    "start_attempt",
    "unpin",
    "with_progress",
    "withdraw",
]
