"""What an administrator fills in to add libraries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.runtimes.h5p.models import Library
from courses.runtimes.packages.forms import PackageFileField


class LibrariesForm(forms.ModelForm):
    """A file of H5P with libraries in it."""

    file = PackageFileField()

    class Meta:
        model = Library
        fields: list[str] = []


class RestrictForm(forms.ModelForm):
    """Whether new content may have the library as its main one."""

    class Meta:
        model = Library
        fields = ["is_restricted"]
        labels = {"is_restricted": _("Take no new content of this kind")}
        help_texts = {"is_restricted": _("What is there already goes on playing.")}
