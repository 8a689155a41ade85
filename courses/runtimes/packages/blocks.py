"""Choosing interactive content for a lesson."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets.chooser import BaseChooser


class PackageChooser(BaseChooser):
    """Opens the window of :class:`courses.runtimes.packages.viewsets.PackageChooserViewSet`."""

    model = "opora_runtimes.Package"
    icon = "pick"
    chooser_modal_url_name = "choose_package:choose"
    choose_one_text = _("Choose interactive content")
    choose_another_text = _("Choose other content")
    link_to_chosen_text = _("Open this content")


class PackageChooserBlock(blocks.ChooserBlock):
    """A package that plays: its current version is ready, and it was not put away."""

    target_model = "opora_runtimes.Package"

    @cached_property
    def widget(self) -> PackageChooser:
        return PackageChooser()

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        field: Any = super().field
        field.queryset = self.model_class.objects.playable()
        field.error_messages["invalid_choice"] = _(
            "This content cannot be used now. Choose another one."
        )
        return field

    class Meta:
        icon = "pick"
