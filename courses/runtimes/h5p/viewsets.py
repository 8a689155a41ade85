"""Installed H5P libraries in the admin: where each is used, adding, restricting, removing."""

from typing import Any, BinaryIO, cast

from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.runtimes.h5p.errors import SENTENCES, LibraryInUse
from courses.runtimes.h5p.forms import LibrariesForm, RestrictForm
from courses.runtimes.h5p.models import Library
from courses.runtimes.h5p.operations import install_libraries, remove_library, restrict_library
from courses.runtimes.h5p.queries import needed_by, sharing
from courses.runtimes.packages.components import told
from courses.runtimes.packages.rules import Archive, UnsafeArchive


class SizeColumn(Column):
    cell_template_name = "courses/admin/packages/size_cell.html"


class LibraryIndexView(IndexView):
    add_item_label = gettext_lazy("Add libraries")
    template_name = "courses/admin/h5p/index.html"

    def get_base_queryset(self) -> QuerySet[Library]:
        return (
            Library.objects.select_related("tree")
            .defer("semantics", "manifest", "tree__files")
            .annotate(contents_count=Count("uses", distinct=True))
        )

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, sort_key="title"),
            Column("name", label=_("Library"), accessor=str, sort_key="name"),
            Column("contents_count", label=_("Used by contents"), sort_key="contents_count"),
            SizeColumn("size", label=_("Size"), accessor="tree.size"),
            BooleanColumn("is_runnable", label=_("Content type"), sort_key="is_runnable"),
            BooleanColumn("is_restricted", label=_("No new content"), sort_key="is_restricted"),
            DateColumn("installed_at", label=_("Installed"), sort_key="installed_at"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, sharing=sharing(), **kwargs)


class LibraryCreateView(CreateView):
    page_title = gettext_lazy("Add libraries")
    template_name = "courses/admin/h5p/upload.html"
    submit_button_label = gettext_lazy("Upload and install")
    error_message = gettext_lazy("The file was not taken. Read what is wrong below.")

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        try:
            archive = Archive(cast(BinaryIO, form.cleaned_data["file"]))
            problems = install_libraries(
                archive=archive, actor=self.request.user, at=timezone.now()
            )
        except UnsafeArchive as unsafe:
            problems = unsafe.problems
        if not problems:
            messages.success(self.request, _("The libraries are installed."))
            return redirect(self.index_url_name)
        for one in told((problem.as_json() for problem in problems), SENTENCES):
            form.add_error("file", f"{one.sentence} {', '.join(one.paths)}".strip())
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class LibraryEditView(EditView):
    template_name = "courses/admin/h5p/library.html"
    success_message = gettext_lazy("“%(object)s” was changed.")

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer()

    def save_instance(self) -> Library:
        is_restricted = self.form.cleaned_data["is_restricted"]
        restrict_library(library=self.object, is_restricted=is_restricted)
        return self.object

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(users=needed_by(self.object), **kwargs)


class LibraryDeleteView(DeleteView):
    page_title = gettext_lazy("Remove the library")
    template_name = "courses/admin/h5p/confirm_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(users=needed_by(self.object), **kwargs)

    def form_valid(self, _form: Any) -> HttpResponse:
        name = str(self.object)
        try:
            remove_library(library=self.object)
        except LibraryInUse as refusal:
            messages.error(self.request, str(refusal))
            return redirect("h5p_libraries:edit", self.object.pk)
        messages.success(self.request, _("“%(name)s” was removed.") % {"name": name})
        return redirect(self.index_url_name)


class LibraryViewSet(ModelViewSet):
    model = Library
    name = "h5p_libraries"
    icon = "code"
    menu_label = gettext_lazy("H5P libraries")
    menu_hook = "register_learning_menu_item"
    menu_order = 30
    copy_view_enabled = False
    index_view_class = LibraryIndexView
    add_view_class = LibraryCreateView
    edit_view_class = LibraryEditView
    delete_view_class = LibraryDeleteView
    list_filter = ["is_restricted", "is_runnable"]
    search_fields = ["title", "name"]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return RestrictForm if for_update else LibrariesForm
