"""Codes of the lower parts in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.progress.rules import Mark, StepReason

LESSON_STATES = {"not_started": "new", "started": "started", "done": "done", "closed": "locked"}
"""The code of the tag ``state`` for each state of a lesson."""

RULES = {
    "viewed": _("read to the end"),
    "declared": _("mark as done"),
    "watched": _("watch or listen to %(percent)s %%"),
    "passed": _("pass the quiz with %(percent)s %% or more"),
    "attempted": _("answer the quiz to the end"),
    "submitted": _("hand in the work"),
    "accepted": _("have the work accepted by the teacher"),
}
"""What completes a step, by kind of rule."""

REASONS = {
    StepReason.DONE: _("done"),
    StepReason.OVERRIDE: _("marked by the teacher"),
    StepReason.STARTED: _("started"),
    StepReason.NOT_STARTED: _("not started"),
    StepReason.OPTIONAL: _("optional, does not count"),
    StepReason.OPTIONAL_DONE: _("done; optional, does not count"),
    StepReason.NEW: _("new: optional, does not count"),
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
