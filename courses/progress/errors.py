from django.utils.translation import gettext_lazy as _


class ProgressRefusal(Exception):
    """Something about progress was refused; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("That cannot be recorded.")

    def __str__(self) -> str:
        return str(self.sentence)


class StepGone(ProgressRefusal):
    code = "step_gone"
    sentence = _("This step is no longer in the course. Go on with the next one.")


class LessonClosed(ProgressRefusal):
    code = "lesson_closed"
    sentence = _("This lesson is not open yet. Its day is shown on the course page.")


class NotTheTeacher(ProgressRefusal):
    code = "not_the_teacher"
    sentence = _("Only the teacher of this course may do that.")


class ReasonMissing(ProgressRefusal):
    code = "reason_missing"
    sentence = _("Say in a few words why: the learner and the parents will read it.")


class SourceMissing(ProgressRefusal):
    code = "source_missing"
    sentence = _("Say where it was learned: the name of the portal, the school or the paper.")


class EditionUnknown(ProgressRefusal):
    code = "edition_unknown"
    sentence = _("There is no such edition for this learner. Choose one from the list.")


class NotRetractable(ProgressRefusal):
    code = "not_retractable"
    sentence = _("A chosen edition is not taken back: choose another one instead.")


class NotAllowed(ProgressRefusal):
    code = "not_allowed"
    sentence = _("You may not do that. Ask the administrator of the portal.")
