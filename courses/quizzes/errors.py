"""What is said to the editor: faults of a quiz, and a file that is none."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "no_questions": _("The quiz has no questions: add at least one."),
    "bad_pass_percent": _("The pass mark is between 0 and 100 per cent."),
    "bad_attempts_allowed": _(
        "Allow at least one attempt, or leave the field empty for any number of them."
    ),
    "no_text": _("Question %(number)s asks nothing: write its text."),
    "bad_points": _("Question %(number)s is worth nothing: give it at least one point."),
    "too_few_options": _("Question %(number)s needs at least two options: add one."),
    "empty_option": _("Question %(number)s has an empty option: write its text or remove it."),
    "duplicate_options": _("Question %(number)s has two identical options: change one of them."),
    "no_right_answer": _("Question %(number)s has no right answer: mark an option as right."),
    "many_right_answers": _(
        "Question %(number)s has several right answers: leave one, or use a question of the kind "
        "“Several answers”."
    ),
    "too_few_pairs": _("Question %(number)s needs at least two pairs: add one."),
    "empty_pair": _("Question %(number)s has an incomplete pair: fill in both sides."),
    "one_right_side": _(
        "Question %(number)s has the same right side everywhere: give at least two different ones."
    ),
    "too_few_items": _("Question %(number)s needs at least two lines to put in order: add one."),
    "no_accepted_answers": _(
        "Question %(number)s has no accepted answer: write at least one spelling."
    ),
    "not_a_number": _("In question %(number)s the answer is no number: write it in digits."),
    "negative_tolerance": _(
        "In question %(number)s the tolerance is below zero: write 0 or a positive number."
    ),
}


class NotAQuizFile(Exception):
    """A file that was brought as a quiz holds none."""

    sentence = _(
        "There are no questions of H5P in this file. Choose a .h5p file that was saved as a "
        "“Question Set”."
    )

    def __str__(self) -> str:
        return str(self.sentence)


def sentence(code: str, number: int) -> str:
    """What is wrong with question ``number`` and how to mend it."""
    return str(PROBLEMS[code]) % {"number": number}
