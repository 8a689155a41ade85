"""Codes of the lower parts in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.lessons.rules import Rule, ScorePolicy
from courses.progress.rules import Mark, Run, Score, StepReason
from courses.runtimes.api import Attempt, Interaction

LESSON_STATES = {"not_started": "new", "started": "started", "done": "done", "closed": "locked"}
"""The code of the tag ``state`` for each state of a lesson."""

PACKAGE_RULES = {
    "viewed": _("open it"),
    "declared": _("mark as done"),
    "completed": _("work through to the end, and not fail"),
    "attempted": _("play to the end, with any result"),
}
"""What completes a step that plays a package (H5P, SCORM), by kind of rule."""

RULES = {
    "viewed": _("read to the end"),
    "declared": _("mark as done"),
    "watched": _("watch or listen to %(percent)s %%"),
    "completed": PACKAGE_RULES["completed"],
    "passed": _("pass the quiz with %(percent)s %% or more"),
    "attempted": _("answer the quiz to the end"),
    "submitted": _("hand in the work"),
    "accepted": _("have the work accepted by the teacher"),
}
"""What completes a step, by kind of rule."""

PACKAGE_PASSED = {
    "highest": _("reach %(percent)s %% or more by the best attempt"),
    "average": _("reach %(percent)s %% or more by the average of all attempts"),
    "first": _("reach %(percent)s %% or more by the first attempt"),
    "last": _("reach %(percent)s %% or more by the last attempt"),
}
"""The rule of a pass mark of a package, by the policy for several attempts."""

SCORES = {
    "highest": _("%(percent)s %% by the best attempt"),
    "average": _("%(percent)s %% by the average of all attempts"),
    "first": _("%(percent)s %% by the first attempt"),
    "last": _("%(percent)s %% by the last attempt"),
}
"""The score of a package, by the policy for several attempts."""

REASONS = {
    StepReason.DONE: _("done"),
    StepReason.OVERRIDE: _("marked by the teacher"),
    StepReason.IMPORTED: _("learned elsewhere"),
    StepReason.STARTED: _("started"),
    StepReason.NOT_STARTED: _("not started"),
    StepReason.OPTIONAL: _("optional, does not count"),
    StepReason.OPTIONAL_DONE: _("done; optional, does not count"),
    StepReason.NEW: _("new: optional, does not count"),
    StepReason.NOT_FOR_AGE: _("for learners of another age, does not count"),
}
"""Why a step counts in a number, or does not."""

MARKS = {
    Mark.NOT_STARTED: pgettext_lazy("lesson in the table", "not started"),
    Mark.STARTED: pgettext_lazy("lesson in the table", "started"),
    Mark.DONE: pgettext_lazy("lesson in the table", "done"),
    Mark.CHECKED: pgettext_lazy("lesson in the table", "checked by the teacher"),
    Mark.HELP: pgettext_lazy("lesson in the table", "needs help"),
    Mark.NOT_REQUIRED: pgettext_lazy("lesson in the table", "not required"),
}
"""The signs of the teacher's table."""


def rule_in_words(rule: Rule) -> str:
    """What completes a step."""
    if rule.policy is None:
        words = RULES[rule.kind]
    elif rule.kind == "passed":
        words = PACKAGE_PASSED[rule.policy]
    else:
        words = PACKAGE_RULES[rule.kind]
    return str(words) % {"percent": rule.percent}


def score_in_words(score: Score, rule: Rule) -> str:
    """What a learner's attempts at a package came to."""
    return str(SCORES[rule.policy or ScorePolicy.HIGHEST]) % {"percent": score.percent}


def run_in_words(run: Run) -> str:
    """What one attempt at a package came to."""
    if run.score is not None:
        return f"{run.score.percent} %"
    if run.passed is not None:
        return str(_("passed") if run.passed else _("not passed"))
    return str(_("completed") if run.has_ended else _("under way"))


def attempt_in_words(attempt: Attempt) -> str:
    """What an attempt at a package came to, as its row keeps it."""
    score = None
    if attempt.earned is not None and attempt.possible:
        score = Score(attempt.earned, attempt.possible)
    has_ended = attempt.completed or attempt.passed is not None
    return run_in_words(Run(attempt.number, has_ended, attempt.passed, score))


def answer_in_words(answer: Interaction) -> str:
    """What an answer to one question came to."""
    if answer.is_right is not None:
        return str(_("right") if answer.is_right else _("wrong"))
    if answer.earned is not None and answer.possible:
        return f"{Score(answer.earned, answer.possible).percent} %"
    return "—"


def time_in_words(seconds: int) -> str:
    """How long something took: "45 s", "7 min", "1 h 05 min"."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return str(_("%(n)s s")) % {"n": seconds}
    if minutes < 60:
        return str(_("%(n)s min")) % {"n": minutes}
    return str(_("%(hours)s h %(minutes)02d min")) % {
        "hours": minutes // 60,
        "minutes": minutes % 60,
    }
