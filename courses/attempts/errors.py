from django.utils.translation import gettext_lazy as _

from courses.quizzes.rules import TYPED_LENGTH


class AttemptRefusal(Exception):
    """An attempt or an answer was refused; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("That cannot be answered.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class AttemptsExhausted(AttemptRefusal):
    code = "attempts_exhausted"
    sentence = _(
        "All attempts at this quiz are used (%(allowed)s). The teacher can allow another one."
    )


class AttemptLeftBehind(AttemptRefusal):
    code = "attempt_left_behind"
    sentence = _("The teacher has reset this quiz. Start it again.")


class UnknownQuestion(AttemptRefusal):
    code = "unknown_question"
    sentence = _("There is no such question in this attempt. Reload the page and go on from there.")


class BadAnswer(AttemptRefusal):
    """The answer could not be read; nothing is graded, and the learner may answer again."""

    SENTENCES = {
        "empty": _("There is no answer yet: choose or write one."),
        "incomplete": _("Some lines are still empty: each of them needs an answer."),
        "one_answer_only": _("Only one answer is asked for here."),
        "unknown_option": _("The page is out of date. Reload it and answer once more."),
        "repeated_position": _("Two lines have the same place: each needs one of its own."),
        "not_a_number": _("A number is needed here, in digits: for example, 12.5."),
        "too_long": _("The answer is longer than %(limit)s characters. Make it shorter."),
        "unreadable": _("The answer could not be read. Type it once more."),
    }

    def __init__(self, code: str) -> None:
        self.code = code
        self.sentence = self.SENTENCES[code]
        super().__init__(limit=TYPED_LENGTH)
