from django.utils.translation import gettext_lazy as _


class EnrolmentRefusal(Exception):
    """A place was not given; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("This place cannot be given.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class NotYours(EnrolmentRefusal):
    code = "not_yours"
    sentence = _("You can enrol yourself and the children in your care.")


class CourseNotPublished(EnrolmentRefusal):
    code = "course_not_published"
    sentence = _("This course is not published yet. Look into the catalogue for others.")


class EnrolmentNotOpenYet(EnrolmentRefusal):
    code = "not_open_yet"
    sentence = _("Enrolment opens on %(opens_on)s. Come back on that day.")


class EnrolmentClosed(EnrolmentRefusal):
    code = "closed"
    sentence = _(
        "Enrolment was open until %(closes_on)s. Choose another course or write to the teacher."
    )


class TooYoung(EnrolmentRefusal):
    code = "too_young"
    sentence = _("This course is marked %(age_mark)s+. Choose one for your age in the catalogue.")
