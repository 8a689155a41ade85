from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="home", order=10)
class SiteIdentity(BaseSiteSetting):
    """Who speaks: the name of the portal and the contacts in its footer."""

    name = models.CharField(_("name of the portal"), max_length=60, default="Опора")
    tagline = models.CharField(_("what it is, in a few words"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    municipality = models.CharField(_("municipality"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("postal address"), max_length=250, blank=True)
    hours = models.CharField(_("working hours"), max_length=120, blank=True)
    age_mark = models.CharField(
        _("age mark of the portal"),
        max_length=3,
        choices=[(mark, mark) for mark in ("0+", "6+", "12+", "16+", "18+")],
        default="6+",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("age_mark")],
            heading=_("The portal"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("municipality"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("address"),
                FieldPanel("hours"),
            ],
            heading=_("Contacts"),
        ),
    ]

    class Meta:
        verbose_name = _("name and contacts")
        verbose_name_plural = _("names and contacts")

    def __str__(self) -> str:
        return self.name


@register_setting(icon="list-ul", order=20)
class SiteMenu(ClusterableModel, BaseSiteSetting):
    """The links at the top and at the bottom of every page, in the editor's order."""

    panels = [InlinePanel("items", heading=_("Links"), label=_("Link"))]

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class MenuItem(Orderable):
    """A link to ``page`` or, without one, to ``address``."""

    class Place(models.TextChoices):
        HEADER = "header", _("At the top")
        FOOTER = "footer", _("At the bottom")

    menu = ParentalKey(SiteMenu, on_delete=models.CASCADE, related_name="items")
    place = models.CharField(_("place"), max_length=6, choices=Place.choices, default=Place.HEADER)
    label = models.CharField(_("words"), max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    address = models.CharField(
        _("address"),
        max_length=255,
        blank=True,
        help_text=_("Used when no page is chosen, for example /courses/"),
    )

    panels = [
        FieldPanel("place"),
        FieldPanel("label"),
        FieldPanel("page"),
        FieldPanel("address"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("link of the menu")
        verbose_name_plural = _("links of the menu")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if not self.page_id and not self.address:
            raise ValidationError({"page": _("Choose a page or write an address.")})
