"""Tables of the catalogue."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from courses.catalogue.querysets import CourseQuerySet
from courses.catalogue.rules import Window, enrolment_window, find_fact_problems
from courses.foundation.ids import public_id
from courses.people.api import Organisation, Teacher


class Topic(MP_Node):
    """A focus area (root) or a direction below it."""

    class Sign(models.TextChoices):
        """Colour and geometric sign, shared by cards, covers, maps and charts."""

        TECHNICAL = "technical", _("technical")
        SCIENCE = "science", _("natural science")
        ART = "art", _("artistic")
        SPORT = "sport", _("sport")
        TOURISM = "tourism", _("tourism and local history")
        SOCIAL = "social", _("social and humanitarian")

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    sign = models.CharField(_("sign"), max_length=12, choices=Sign.choices)

    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class Audience(models.TextChoices):
    CHILD = "child", _("children")
    PARENT = "parent", _("parents")
    TEACHER = "teacher", _("teachers")


class AgeMark(models.IntegerChoices):
    """Age marks of the federal law 436-ФЗ."""

    ZERO = 0, "0+"
    SIX = 6, "6+"
    TWELVE = 12, "12+"
    SIXTEEN = 16, "16+"
    EIGHTEEN = 18, "18+"


FACT_PROBLEMS = {
    "age_missing": _("A course for children says its ages: fill in both."),
    "ages_crossed": _("“Age to” is below “age from”. Swap them."),
    "dates_crossed": _("Enrolment ends before it opens. Choose a later day."),
}


class CourseFacts(models.Model):
    """What a course says of itself: shared by the editor's page and the published row."""

    promise = models.CharField(
        _("promise"),
        max_length=200,
        help_text=_("One sentence: what a learner will be able to do."),
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.CHILD
    )
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    age_mark = models.PositiveSmallIntegerField(
        _("age mark"), choices=AgeMark.choices, default=AgeMark.SIX
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+"
    )
    hours = models.PositiveSmallIntegerField(
        _("academic hours"), help_text=_("One academic hour is 45 minutes.")
    )
    teacher = models.ForeignKey(
        Teacher,
        verbose_name=_("teacher"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    enrolment_opens_on = models.DateField(
        _("enrolment opens on"), null=True, blank=True, help_text=_("Empty: already open.")
    )
    enrolment_closes_on = models.DateField(
        _("last day of enrolment"), null=True, blank=True, help_text=_("Empty: no last day.")
    )
    is_open_reading = models.BooleanField(
        _("readable without an account"),
        default=False,
        help_text=_("Visitors read the lessons; progress is kept for those who sign in."),
    )

    class Meta:
        abstract = True

    def refuse_impossible_facts(self) -> None:
        """Refuse ages and dates that contradict each other, all at once.

        Raises:
            ValidationError: by field, each with what to mend.
        """
        problems = {
            name: FACT_PROBLEMS[code]
            for name, code in find_fact_problems(
                is_for_children=self.audience == Audience.CHILD,
                age_from=self.age_from,
                age_to=self.age_to,
                opens_on=self.enrolment_opens_on,
                closes_on=self.enrolment_closes_on,
            )
        }
        if problems:
            raise ValidationError(problems)


COURSE_FACTS = tuple(field.name for field in CourseFacts._meta.fields)


class Course(CourseFacts):
    """A course as learners' records know it; publishing its page rewrites the facts."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = models.CharField(_("title"), max_length=255)
    is_public = models.BooleanField(_("shown to the public"), default=False)
    current_revision = models.ForeignKey(
        "CourseRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    publishing_problem = models.TextField(_("why the last publishing failed"), blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_from__lte=F("age_to")),
                name="opora_courses_age_from_is_not_above_age_to",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revision_n(self) -> int:
        """The number of the current revision; 0 for a course that was never published."""
        return self.current_revision.n if self.current_revision is not None else 0

    def window(self, today) -> Window:
        """Where the day ``today`` (municipality's calendar) stands to the enrolment window."""
        return enrolment_window(
            opens_on=self.enrolment_opens_on, closes_on=self.enrolment_closes_on, today=today
        )


class CourseRevision(models.Model):
    """What was published of a course at one moment; never changed afterwards.

    ``outline`` is read through :func:`courses.lessons.queries.outline_of`; ``digest`` is of the
    outline's content, so that publishing the same thing twice makes one revision. The database
    refuses an update of a row. The key is random, so that a number that was rolled back is never
    used again and whoever keeps an outline by its key keeps the right one.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="revisions")
    n = models.PositiveIntegerField(_("number"))
    outline = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("course revision")
        verbose_name_plural = _("course revisions")
        ordering = ["course", "n"]
        constraints = [
            models.UniqueConstraint(fields=["course", "n"], name="opora_courses_revision_number")
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.n}"
