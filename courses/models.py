"""Where Django finds the tables of the app: each part keeps its own."""

from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.catalogue.models import Course, CourseRevision, Topic
from courses.enrolments.models import Enrolment
from courses.lessons.models import Step, StepVersion
from courses.progress.models import Completion, CourseState, Event
from courses.submissions.models import TaskSubmission

__all__ = [
    "Completion",
    "Course",
    "CourseRevision",
    "CourseState",
    "Enrolment",
    "Event",
    "QuizAnswer",
    "QuizAttempt",
    "Step",
    "StepVersion",
    "TaskSubmission",
    "Topic",
]
