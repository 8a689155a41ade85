"""Tables about people; each field that names or describes a person says so in ``personal``."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string
from wagtail.search import index

from courses.foundation.ids import public_id
from courses.people.querysets import ChildProfileQuerySet, GuardianshipQuerySet


class Organisation(index.Indexed, models.Model):
    """A kindergarten, school or centre that offers supplementary education."""

    name = models.CharField(_("full name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=100, unique=True)
    settlement = models.CharField(_("settlement"), max_length=100, blank=True)

    search_fields = [
        index.SearchField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name


class Teacher(index.Indexed, models.Model):
    """The public card of a person who teaches; ``user`` is the account they sign in with."""

    personal = {"name", "position", "photo", "about"}

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opora_teacher",
        help_text=_("The account this person signs in with. Without it the card is only shown."),
    )
    name = models.CharField(_("name and patronymic"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    about = models.CharField(_("about"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="teachers",
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("teacher")
        verbose_name_plural = _("teachers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ChildProfile(models.Model):
    """Marks an account as a child's, and holds all that is known about the child."""

    personal = {"display_name", "birth_year", "birth_month"}

    uid = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="opora_child",
    )
    display_name = models.CharField(
        _("shown name"),
        max_length=60,
        help_text=_("First name and the first letter of the surname."),
    )
    birth_year = models.PositiveSmallIntegerField(
        _("birth year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    birth_month = models.PositiveSmallIntegerField(
        _("birth month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    objects = ChildProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        ordering = ["display_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month__gte=1, birth_month__lte=12),
                name="opora_people_birth_month_is_a_month",
            )
        ]

    def __str__(self) -> str:
        return self.display_name


class Guardianship(models.Model):
    """One adult's care of one child; ending it is a moment, never a deletion."""

    guardian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("guardian"),
        on_delete=models.PROTECT,
        related_name="opora_guardianships",
    )
    child = models.ForeignKey(
        ChildProfile,
        verbose_name=_("child"),
        on_delete=models.PROTECT,
        related_name="guardianships",
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "child"],
                condition=Q(ended_at__isnull=True),
                name="opora_people_one_link_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="opora_people_link_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} → {self.child}"
