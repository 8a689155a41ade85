"""Packages in Wagtail's admin: a list, bringing one, and the page of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import BaseForm, ModelForm
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex

from courses.runtimes.delivery.queries import frame_address
from courses.runtimes.h5p.errors import SENTENCES as H5P_SENTENCES
from courses.runtimes.launches.operations import open_preview
from courses.runtimes.operations import (
    Taken,
    bring_back,
    delete_package,
    may_be_retried,
    retry,
    upload,
)
from courses.runtimes.packages.components import Told, told
from courses.runtimes.packages.errors import ArchiveRefused, PackageRefusal, SameFile
from courses.runtimes.packages.forms import NewVersionForm, TitleForm, UploadForm
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.packages.queries import disk_use, objects_that_use
from courses.runtimes.scorm.errors import SENTENCES as SCORM_SENTENCES

SENTENCES: Mapping[str, Mapping[str, Any]] = {
    Package.Kind.H5P: H5P_SENTENCES,
    Package.Kind.SCORM: SCORM_SENTENCES,
}


class PackageIndexView(IndexView):
    add_item_label = gettext_lazy("Bring a file")
    template_name = "courses/admin/packages/index.html"

    def get_base_queryset(self) -> QuerySet[Package]:
        newest = PackageVersion.objects.filter(package=OuterRef("pk")).order_by("-number")
        return Package.objects.annotate(
            uses=ReferenceIndex.usage_count_subquery(Package),
            newest_state=Subquery(newest.values("state")[:1]),
            newest_number=Subquery(newest.values("number")[:1]),
            newest_size=Subquery(newest.values("size")[:1]),
        )

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, sort_key="title"),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            StateColumn("state", label=_("State")),
            Column("newest_number", label=_("Version")),
            Column("uses", label=_("Used on pages")),
            SizeColumn("newest_size", label=_("Size")),
            DateColumn("created_at", label=_("Brought"), sort_key="created_at"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, disk_use=disk_use(), **kwargs)


class StateColumn(Column):
    cell_template_name = "courses/admin/packages/state_cell.html"


class SizeColumn(Column):
    cell_template_name = "courses/admin/packages/size_cell.html"


def add_refusal(form: BaseForm, refusal: PackageRefusal) -> None:
    """Say at the file's field what is wrong with it, all at once."""
    if not isinstance(refusal, ArchiveRefused):
        form.add_error("file", str(refusal))
        return
    for one in told((problem.as_json() for problem in refusal.problems), {}):
        names = ", ".join(one.paths)
        if one.more:
            names += _(" and %(n)s more") % {"n": one.more}
        form.add_error("file", f"{one.sentence} {names}".strip())


class PackageCreateView(CreateView):
    page_title = gettext_lazy("Bring a file")
    template_name = "courses/admin/packages/upload.html"
    submit_button_label = gettext_lazy("Upload and check")
    submit_button_active_label = gettext_lazy("Uploading…")
    error_message = gettext_lazy("The file was not taken. Read what is wrong below.")

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        data = form.cleaned_data
        try:
            version = upload(
                file=data["file"],
                title=data["title"],
                actor=self.request.user,
                at=timezone.now(),
            )
        except PackageRefusal as refusal:
            add_refusal(form, refusal)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return redirect(self.edit_url_name, version.package_id)


class PackageEditView(EditView):
    """All that an editor should know of a package, and do with it."""

    template_name = "courses/admin/packages/package.html"
    success_message = gettext_lazy("The title was changed.")
    delete_item_label = gettext_lazy("Delete or put away")
    new_version_form: NewVersionForm | None = None

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **package_context(self.object, self.request)}


def package_context(package: Package, request: HttpRequest) -> dict[str, Any]:
    """What the page of a package shows, besides its form of the title."""
    versions = list(package.versions.select_related("uploaded_by", "tree"))
    for version in versions:
        version.package = package
    finder = AdminURLFinder(request.user)
    return {
        "package": package,
        "newest": card_of(versions[0]),
        "current": package.current,
        "warnings": warnings_of(package),
        "versions": [card_of(version) for version in versions],
        "users": [(user, finder.get_edit_url(user)) for user in objects_that_use(package)],
        "new_version_form": NewVersionForm(),
    }


def warnings_of(package: Package) -> Sequence[Told]:
    """What the current version has passed over, in sentences."""
    if package.current is None:
        return []
    return told(package.current.facts.get("warnings", []), SENTENCES[package.kind])


def card_of(version: PackageVersion) -> dict[str, Any]:
    """A version with its problems in sentences."""
    return {
        "version": version,
        "told": told(version.problems, SENTENCES[version.package.kind]),
        "is_under_way": version.is_under_way,
        "may_be_retried": may_be_retried(version, at=timezone.now()),
    }


class PackageDeleteView(DeleteView):
    page_title = gettext_lazy("Delete or put away")
    template_name = "courses/admin/packages/confirm_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        users = objects_that_use(self.object)
        return super().get_context_data(
            users=users, is_played=self.object.attempts.exists(), **kwargs
        )

    def form_valid(self, _form: Any) -> HttpResponse:
        try:
            taken = delete_package(package=self.object, actor=self.request.user, at=timezone.now())
        except PackageRefusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect("packages:edit", self.object.pk)
        sentence = {
            Taken.DELETED: _("“%(title)s” was deleted with its files."),
            Taken.PUT_AWAY: _("“%(title)s” was put away. What learners have done is kept."),
        }[taken]
        messages.success(self.request, sentence % {"title": self.object})
        return redirect(self.index_url_name)


class PackageActionView(PermissionCheckedMixin, View):
    """Something that is done with one package by those who may change it."""

    model = Package
    permission_required = "change"

    @cached_property
    def package(self) -> Package:
        packages = Package.objects.select_related("current")
        return get_object_or_404(packages, pk=self.kwargs["pk"])

    @cached_property
    def version(self) -> PackageVersion:
        versions = self.package.versions.select_related("package")
        return get_object_or_404(versions, number=self.kwargs["number"])

    def back(self) -> HttpResponse:
        return redirect("packages:edit", self.package.pk)


class ImportView(PackageActionView):
    """How far the newest import is: a piece of the package's page, asked for again and again."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        newest = self.package.versions.select_related("package").order_by("-number")[0]
        context = {"package": self.package, "newest": card_of(newest)}
        return TemplateResponse(request, "courses/admin/packages/import.html", context)


class NewVersionView(PackageActionView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        form = NewVersionForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload(
                    file=form.cleaned_data["file"],
                    package=self.package,
                    actor=request.user,
                    at=timezone.now(),
                )
            except SameFile as same:
                messages.info(request, str(same))
            except PackageRefusal as refusal:
                add_refusal(form, refusal)
        for sentence in form.errors.get("file", []):
            messages.error(request, sentence)
        return self.back()


class RetryView(PackageActionView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        try:
            retry(version=self.version, at=timezone.now())
        except PackageRefusal as refusal:
            messages.info(request, str(refusal))
        return self.back()


class BringBackView(PackageActionView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        bring_back(package=self.package)
        messages.success(request, _("Editors can choose this content again."))
        return self.back()


class PreviewView(PackageActionView):
    """What a learner would see; nothing of it is kept."""

    http_method_names = ["get"]

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        version = get_object_or_404(
            self.package.versions, number=self.kwargs["number"], state=PackageVersion.State.READY
        )
        launched = open_preview(version=version, at=timezone.now())
        return redirect(frame_address(self.package.kind, launched.token))


class OriginalView(PackageActionView):
    """The file as it was brought."""

    http_method_names = ["get"]

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        return FileResponse(
            self.version.file.open("rb"),
            as_attachment=True,
            filename=self.version.file_name,
            content_type="application/zip",
        )


class PackageViewSet(ModelViewSet):
    model = Package
    name = "packages"
    icon = "pick"
    menu_label = gettext_lazy("Interactive content")
    menu_hook = "register_learning_menu_item"
    menu_order = 20
    copy_view_enabled = False
    index_view_class = PackageIndexView
    add_view_class = PackageCreateView
    edit_view_class = PackageEditView
    delete_view_class = PackageDeleteView
    list_filter = ["kind"]
    search_fields = ["title"]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return TitleForm if for_update else UploadForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/import/", ImportView.as_view(), name="import"),
            path("<int:pk>/new-version/", NewVersionView.as_view(), name="new_version"),
            path("<int:pk>/bring-back/", BringBackView.as_view(), name="bring_back"),
            path("<int:pk>/<int:number>/retry/", RetryView.as_view(), name="retry"),
            path("<int:pk>/<int:number>/preview/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/<int:number>/original/", OriginalView.as_view(), name="original"),
        ]
