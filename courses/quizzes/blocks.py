"""The editor's form of a quiz: seven kinds of question and the quiz round them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.foundation.blocks import StepBlock, completion_rule
from courses.quizzes.errors import sentence
from courses.quizzes.rules import find_problems, read_quiz
from courses.quizzes.rules.questions import TYPED_LENGTH

OPTION_LENGTH = 300
MOST_OPTIONS = 12
MOST_QUESTIONS = 100
SAID_BY_FIELDS = {
    "no_text",
    "bad_points",
    "empty_option",
    "empty_pair",
    "not_a_number",
    "negative_tolerance",
}
"""Problems that the form's fields report themselves, beside the field."""


def explanation_field(label: Any, help_text: Any = None) -> blocks.TextBlock:
    return blocks.TextBlock(
        required=False, max_length=1000, rows=2, label=label, help_text=help_text
    )


class OptionBlock(blocks.StructBlock):
    """An option to choose."""

    text = blocks.CharBlock(max_length=OPTION_LENGTH, label=_("Option"))
    correct = blocks.BooleanBlock(required=False, label=_("This is right"))
    explanation = explanation_field(
        _("Explanation"),
        _("Shown to whoever chose this option. Say why; do not give the right answer away."),
    )

    class Meta:
        icon = "radio-empty"
        label = _("Option")
        label_format = "{text}"


class PairBlock(blocks.StructBlock):
    """Two sides that belong together."""

    left = blocks.CharBlock(max_length=OPTION_LENGTH, label=_("Left side"))
    right = blocks.CharBlock(max_length=OPTION_LENGTH, label=_("Right side"))

    class Meta:
        icon = "link"
        label = _("Pair")
        label_format = "{left} — {right}"


class QuestionBlock(blocks.StructBlock):
    """What every question has; the fields of a kind stand between the text and the settings."""

    text = blocks.TextBlock(max_length=1000, rows=2, label=_("Question"))
    hint = blocks.CharBlock(
        required=False,
        max_length=OPTION_LENGTH,
        label=_("Hint"),
        help_text=_("The learner opens it before answering, if they wish."),
    )
    explanation = explanation_field(
        _("Explanation"),
        _("Shown after a right answer, and to everybody when the quiz is over."),
    )
    points = blocks.IntegerBlock(
        default=1, min_value=1, max_value=100, label=_("Points"), help_text=_("Usually 1.")
    )

    def get_form_layout(self) -> blocks.BlockGroup:
        settings = ["hint", "points"]
        own = [name for name in self.child_blocks if name not in QuestionBlock.base_blocks]
        return blocks.BlockGroup(children=["text", *own, "explanation"], settings=settings)

    class Meta:
        label_format = "{text}"


class OptionsBlock(QuestionBlock):
    """A question with options to choose from."""

    options = blocks.ListBlock(
        OptionBlock(), max_num=MOST_OPTIONS, label=_("Options"), default=[{}, {}]
    )


class SingleBlock(OptionsBlock):
    class Meta:
        icon = "radio-full"
        label = _("One answer")
        description = _("Several options, exactly one of them right")


class MultipleBlock(OptionsBlock):
    class Meta:
        icon = "tasks"
        label = _("Several answers")
        description = _(
            "Several options, one or more of them right; a wrong choice costs a right one"
        )


class TrueFalseBlock(QuestionBlock):
    answer = blocks.BooleanBlock(
        required=False,
        label=_("The statement is true"),
        help_text=_("Leave unticked if it is false."),
    )
    explanation_if_true = explanation_field(_("Explanation for those who answer “True”"))
    explanation_if_false = explanation_field(_("Explanation for those who answer “False”"))

    class Meta:
        icon = "check"
        label = _("True or false")
        description = _("A statement to agree or disagree with")


class MatchBlock(QuestionBlock):
    pairs = blocks.ListBlock(PairBlock(), max_num=MOST_OPTIONS, label=_("Pairs"), default=[{}, {}])

    class Meta:
        icon = "link"
        label = _("Match")
        description = _("Pairs to put together; the right sides are always shuffled")


class OrderBlock(QuestionBlock):
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=OPTION_LENGTH, label=_("Line")),
        default=["", "", ""],
        max_num=MOST_OPTIONS,
        label=_("Lines in the right order"),
        help_text=_("Learners see them shuffled."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Put in order")
        description = _("Lines to put in the right order")


class NumberBlock(QuestionBlock):
    answer = blocks.DecimalBlock(max_digits=20, label=_("Right number"))
    tolerance = blocks.DecimalBlock(
        default=0,
        min_value=0,
        max_digits=20,
        label=_("Tolerance"),
        help_text=_(
            "How far off an answer may be and still count as right. 0: exactly the number."
        ),
    )
    unit = blocks.CharBlock(
        required=False,
        max_length=20,
        label=_("Unit"),
        help_text=_("For example, km. Shown after the field."),
    )

    class Meta:
        icon = "decimal"
        label = _("Number")
        description = _("A number to type, right within a tolerance")


class ShortTextBlock(QuestionBlock):
    answers = blocks.ListBlock(
        blocks.CharBlock(max_length=TYPED_LENGTH, label=_("Accepted answer")),
        max_num=30,
        label=_("Accepted answers"),
        help_text=_(
            "Every spelling to accept. Letter case, ё and е, quotes, kinds of dash and the full "
            "stop at the end make no difference."
        ),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Short text")
        description = _("A word or two to type")


class QuestionStreamBlock(blocks.StreamBlock):
    """The questions of a quiz, in order. A draft may be unfinished; what is published may not."""

    single = SingleBlock(group=_("Questions"))
    multiple = MultipleBlock(group=_("Questions"))
    true_false = TrueFalseBlock(group=_("Questions"))
    match = MatchBlock(group=_("Questions"))
    order = OrderBlock(group=_("Questions"))
    number = NumberBlock(group=_("Questions"))
    short_text = ShortTextBlock(group=_("Questions"))

    def clean(self, value: Any) -> Any:
        cleaned, found = None, StreamBlockValidationError()
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            found = error
        if not self.is_deferred_validation:
            self._add_problems(found, value)
        if found.block_errors or found.non_block_errors:
            raise found
        return cleaned

    def _add_problems(self, found: StreamBlockValidationError, value: Any) -> None:
        """Say in ``found`` all that keeps the quiz from being published, each beside its place."""
        quiz = read_quiz({"questions": self.get_prep_value(value)})
        for number, code in find_problems(quiz):
            if code in SAID_BY_FIELDS:
                continue
            if number == 0:
                found.non_block_errors.append(ValidationError(sentence(code, number)))
                continue
            question_error = found.block_errors.setdefault(number - 1, StructBlockValidationError())
            question_error.non_block_errors.append(ValidationError(sentence(code, number)))

    class Meta:
        collapsed = True
        required = False


class QuizBlock(StepBlock):
    """A quiz as a step of a lesson."""

    intro = blocks.RichTextBlock(
        required=False,
        features=["bold", "italic", "link", "ul", "ol"],
        label=_("Before the quiz"),
        help_text=_("A few words: what the quiz is about and what one may look up."),
    )
    questions = QuestionStreamBlock(max_num=MOST_QUESTIONS, label=_("Questions"))
    pass_percent = blocks.IntegerBlock(
        default=60,
        min_value=0,
        max_value=100,
        label=_("Pass mark, per cent"),
        help_text=_("The share of all points that passes the quiz."),
    )
    attempts_allowed = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=100,
        label=_("Attempts"),
        help_text=_("Leave empty for any number of attempts."),
    )
    feedback = blocks.ChoiceBlock(
        choices=[
            ("each", _("After each answer")),
            ("end", _("When the quiz is over")),
        ],
        default="each",
        label=_("Say what is right"),
        help_text=_(
            "Right answers are shown once the quiz is passed or no attempts are left, not earlier."
        ),
    )
    shuffle = blocks.BooleanBlock(
        required=False,
        label=_("Shuffle the options"),
        help_text=_("Every attempt shows the options in an order of its own."),
    )
    completion = completion_rule("passed", "attempted")

    class Meta:
        icon = "help"
        label = _("Quiz")
        template = "courses/steps/quiz.html"
        description = _("Questions that the machine grades at once")
        settings_fields = ("pass_percent", "attempts_allowed", "feedback", "shuffle")
