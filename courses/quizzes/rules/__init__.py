"""Quizzes without a database: reading, finding faults, showing, grading, explaining.

A :class:`Quiz` has :class:`Question` objects, one class per kind. A question shows itself as a
:class:`LearnerView` that holds no keys, reads the submitted form, grades the response, and says
what may be said about it before (:class:`Feedback`) and after (:class:`Review`) the end. Nothing
here is translated: codes come out, and whoever shows them finds the words.
"""

from courses.quizzes.rules.questions import (
    TYPED_LENGTH,
    BadResponse,
    Feedback,
    Grade,
    LearnerView,
    Question,
    Response,
    Review,
    Wording,
)
from courses.quizzes.rules.quiz import (
    Problem,
    Quiz,
    Score,
    find_problems,
    passes,
    read_question,
    read_quiz,
)

__all__ = [
    "TYPED_LENGTH",
    "BadResponse",
    "Feedback",
    "Grade",
    "LearnerView",
    "Problem",
    "Question",
    "Quiz",
    "Response",
    "Review",
    "Score",
    "Wording",
    "find_problems",
    "passes",
    "read_question",
    "read_quiz",
]
