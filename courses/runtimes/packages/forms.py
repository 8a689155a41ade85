"""What an editor fills in to bring a package."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.foundation.conf import conf
from courses.runtimes.packages.errors import FileTooLarge
from courses.runtimes.packages.models import Package

MEGABYTE = 1024 * 1024


class PackageFileField(forms.FileField):
    """A file with its limits told beside it, and to the script that stops larger ones."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("File"),
            widget=forms.FileInput(attrs={"accept": ".h5p,.zip"}),
            max_length=200,
            **options,
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        limit = conf.OPORA_PACKAGE_MAX_BYTES
        sentence = _("H5P (.h5p) or SCORM (.zip), at most %(limit)s MB. It is checked before use.")
        self.help_text = sentence % {"limit": limit // MEGABYTE}
        self.widget.attrs["data-opora-limit"] = limit
        self.widget.attrs["data-opora-too-large"] = FileTooLarge(limit=limit // MEGABYTE)
        return super().get_bound_field(form, field_name)


class UploadForm(forms.ModelForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Without it the content is called as it calls itself."),
    )
    file = PackageFileField()

    class Meta:
        model = Package
        fields = ["title"]


class TitleForm(forms.ModelForm):
    class Meta:
        model = Package
        fields = ["title"]


class NewVersionForm(forms.Form):
    file = PackageFileField()
