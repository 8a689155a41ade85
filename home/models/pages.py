from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import DoorsBlock, PlainBodyBlock, PointsBlock


class SharedPicture(models.Model):
    """The picture that a social network shows beside a link to the page."""

    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for links"),
        help_text=_("Shown by social networks; without it they get the portal's own picture."),
    )

    class Meta:
        abstract = True


class HomePage(SharedPicture, Page):
    """The front page: three doors, courses to start now, how it works, what we promise."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=300, blank=True)
    doors = StreamField(DoorsBlock(required=False), blank=True, verbose_name=_("doors"))
    steps = StreamField(PointsBlock(required=False), blank=True, verbose_name=_("how it works"))
    promises = StreamField(
        PointsBlock(required=False), blank=True, verbose_name=_("what we promise")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lead")], heading=_("Beginning")),
        FieldPanel("doors"),
        FieldPanel("steps"),
        FieldPanel("promises"),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("picture")]

    max_count_per_parent = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")


class PlainPage(SharedPicture, Page):
    """A page of text: about the centre, a policy, contacts."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(PlainBodyBlock(required=False), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("picture")]

    template = "home/plain_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
