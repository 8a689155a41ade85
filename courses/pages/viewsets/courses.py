"""Wagtail's views of pages for courses, modules and lessons, and the list of all courses."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.coreutils import safe_snake_case
from wagtail.models import Page

from courses.pages.forms import CourseTreeCopyForm
from courses.pages.models import CoursePage, LessonPage, ModulePage


class CourseTreeCreateView(CreateView):
    """A page at the wrong place is refused with a sentence, not with a bare "no permission"."""

    def dispatch(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        parent = get_object_or_404(Page, pk=kwargs["parent_page_id"])
        content_type = ContentType.objects.get_by_natural_key(
            kwargs["content_type_app_name"], kwargs["content_type_model_name"]
        )
        page_class: Any = content_type.model_class()
        if not page_class.can_exist_under(parent):
            messages.error(request, page_class.wrong_place)
            return redirect("wagtailadmin_explore", parent.pk)
        return super().dispatch(request, **kwargs)


class CourseTreeCopyView(CopyView):
    def get_form_class(self) -> type[CourseTreeCopyForm]:
        return CourseTreeCopyForm


class CourseTreeViewSet(PageViewSet):
    """Lists modules and lessons in their order, which can be changed by dragging."""

    ordering = "ord"
    add_view_class = CourseTreeCreateView
    copy_view_class = CourseTreeCopyView


COURSE_TREE = [
    CourseTreeViewSet(f"{model._meta.model_name}_views", model=model)
    for model in (CoursePage, ModulePage, LessonPage)
]


class MoveView(View):
    """Puts a module or a lesson one place up or down among its siblings."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int, way: str) -> HttpResponseBase:
        page = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(page, (ModulePage, LessonPage)):
            raise Http404
        if not page.get_parent().permissions_for_user(request.user).can_reorder_children():
            raise PermissionDenied
        is_up = way == "up"
        neighbour = page.get_prev_sibling() if is_up else page.get_next_sibling()
        if neighbour is not None:
            page.move(neighbour, pos="left" if is_up else "right", user=request.user)
        course = CoursePage.objects.ancestor_of(page).get()
        tab = safe_snake_case(gettext("Programme"))
        return redirect(reverse("wagtailadmin_pages:edit", args=[course.pk]) + f"#tab-{tab}")


class ProgrammeViewSet(ViewSet):
    """What the programme on a course's page can do by itself."""

    name = "programme"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("<int:page_id>/<str:way>/", MoveView.as_view(), name="move")]


class CourseListView(IndexView):
    """All courses that the editor may see, with how many are inside."""

    def get_base_queryset(self) -> QuerySet[CoursePage]:
        inside = Count(
            "course__enrolments", filter=Q(course__enrolments__withdrawn_at__isnull=True)
        )
        return super().get_base_queryset().annotate(inside=inside).select_related("teacher")


class CourseListViewSet(PageListingViewSet):
    model = CoursePage
    name = "course_list"
    icon = "openquote"
    menu_label = _("Courses")
    menu_order = 0
    menu_hook = "register_learning_menu_item"
    index_view_class = CourseListView
    ordering = "title"
    list_filter = ["audience"]
    columns = [
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        Column("teacher", label=_("Teacher")),
        Column("inside", label=_("Learners inside")),
        DateColumn("latest_revision_created_at", label=_("Updated")),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(page_title=_("Courses"), **kwargs)
