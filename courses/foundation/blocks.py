"""What every step of a lesson has in common for the editor: a title and the rule of completion."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

COMPLETION_RULES = {
    "viewed": _("The learner has opened the step"),
    "declared": _("The learner has marked the step as done"),
    "watched": _("At least 90 per cent has been watched or listened to"),
    "passed": _("The quiz is passed"),
    "attempted": _("The quiz is answered to the end, with any result"),
    "accepted": _("The teacher has accepted the work"),
    "submitted": _("The work is handed in"),
}


PACKAGE_RULES = {
    "passed": _("The pass mark is reached"),
    "completed": _("The package reports that it is completed, and not failed"),
    "attempted": _("An attempt has come to its end, with any result"),
    "viewed": COMPLETION_RULES["viewed"],
    "declared": COMPLETION_RULES["declared"],
}
"""The rules of a step that plays a package: H5P, SCORM. A third of all packages report nothing."""

SCORE_POLICIES = {
    "highest": _("The best attempt"),
    "average": _("The average of all attempts"),
    "first": _("The first attempt"),
    "last": _("The last attempt"),
}


def completion_rule(*kinds: str, words: Mapping[str, Any] = COMPLETION_RULES) -> blocks.ChoiceBlock:
    """The choice of a step's completion rule among ``kinds``; the first one is the default."""
    return blocks.ChoiceBlock(
        choices=[(kind, words[kind]) for kind in kinds],
        default=kinds[0],
        label=_("The step is complete when"),
    )


COMMON_SETTINGS = ("required", "completion", "weight", "age_from", "age_to")


class StepBlock(blocks.StructBlock):
    """One step of a lesson.

    A subclass declares the content and ``completion = completion_rule(…)``. In the editor's form
    the rules of completion, and the fields that a subclass names in ``Meta.settings_fields``, are
    folded under the settings of the block, below its content.
    """

    title = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Title of the step"),
        help_text=_("Learners see it in the list of steps. Without it they see the kind of step."),
    )
    required = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("Obligatory step"),
        help_text=_("Only obligatory steps count towards finishing the course."),
    )
    weight = blocks.IntegerBlock(
        min_value=1,
        max_value=100,
        default=1,
        label=_("Weight"),
        help_text=_("How much the step counts in the percentage; 1 for an ordinary step."),
    )

    age_from = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=99,
        label=_("For learners from the age of"),
        help_text=_("Empty: for everybody. The age on the day of enrolment counts."),
    )
    age_to = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=99,
        label=_("For learners up to the age of"),
        help_text=_("Whoever is older sees the step, and it does not count for them."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        youngest, oldest = value.get("age_from"), value.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            error = ValidationError(_("This is below the age from which the step is. Swap them."))
            raise StructBlockValidationError(block_errors={"age_to": error})
        return value

    def get_form_layout(self) -> blocks.BlockGroup:
        if self.meta.form_layout is not None:
            return super().get_form_layout()
        settings = [
            name
            for name in (*COMMON_SETTINGS, *self.meta.settings_fields)
            if name in self.child_blocks
        ]
        return blocks.BlockGroup(
            children=[name for name in self.child_blocks if name not in settings],
            settings=settings,
        )

    class Meta:
        label_format = "{title}"
        settings_fields: tuple[str, ...] = ()
