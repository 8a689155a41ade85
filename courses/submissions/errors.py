from django.utils.translation import gettext_lazy as _


class SubmissionRefusal(Exception):
    """A work was not taken or not answered; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("This work cannot be taken.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class NothingHandedIn(SubmissionRefusal):
    code = "nothing_handed_in"
    sentence = _("The answer is empty. Write a few words or attach a file.")


class TextTooLong(SubmissionRefusal):
    code = "text_too_long"
    sentence = _("The answer is longer than %(limit)s characters. Make it shorter.")


class FileTooLarge(SubmissionRefusal):
    code = "file_too_large"
    sentence = _("The file is larger than %(limit)s MB. Send a smaller one.")


class FileTypeRefused(SubmissionRefusal):
    code = "file_type_refused"
    sentence = _("This file cannot be taken. Send a picture, a PDF or a document: %(allowed)s.")


class AlreadyAccepted(SubmissionRefusal):
    code = "already_accepted"
    sentence = _("The teacher has accepted this work. Go on with the next step.")


class WrongKindOfWork(SubmissionRefusal):
    """The task asks for another kind of answer than was handed in."""

    code = "wrong_kind_of_work"
    SENTENCES = {
        "text": _("This task asks for a text. Write the answer in the field, without a file."),
        "file": _("This task asks for a file. Attach it, without a text."),
    }

    def __init__(self, asked: str) -> None:
        self.sentence = self.SENTENCES[asked]
        super().__init__()


class WorkReplaced(SubmissionRefusal):
    code = "work_replaced"
    sentence = _(
        "The learner has replaced this work while you were reading it. Read it again and answer."
    )


class AlreadyAnswered(SubmissionRefusal):
    code = "already_answered"
    sentence = _("This work was answered already. Look at the newest one in the table.")


class NotTheTeacher(SubmissionRefusal):
    code = "not_the_teacher"
    sentence = _("Only the teacher of this course may answer this work.")


class CommentMissing(SubmissionRefusal):
    code = "comment_missing"
    sentence = _("Say in a sentence what to improve, then return the work.")
