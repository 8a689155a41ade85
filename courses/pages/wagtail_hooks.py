"""What Wagtail's admin asks before a course changes its place or its state."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from courses.lessons.errors import CourseIncomplete
from courses.lessons.rules import find_problems
from courses.pages.models import ChangedSteps, CoursePage, LessonPage
from courses.pages.operations import keep_as_draft
from courses.pages.queries import draft_of
from courses.pages.viewsets import (
    COURSE_TREE,
    CourseListViewSet,
    LessonQuizzesViewSet,
    ProgrammeViewSet,
    ReopenViewSet,
)


@hooks.register("register_admin_viewset")
def page_viewsets() -> list[ViewSet]:
    return [
        *COURSE_TREE,
        CourseListViewSet(),
        ProgrammeViewSet(),
        LessonQuizzesViewSet(),
        ReopenViewSet(),
    ]


@hooks.register("register_page_header_buttons")
def quizzes_button(page: Page, user: Any, **_context: Any) -> Iterator[Button]:
    """Quizzes as files, in the menu beside a lesson's title."""
    if isinstance(page.specific, LessonPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Quizzes as files"),
            reverse("lesson_quizzes:list", args=[page.pk]),
            icon_name="help",
            priority=60,
        )


@hooks.register("insert_editor_js")
def programme_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("courses/admin/programme.js"))


@hooks.register("before_publish_page")
def refuse_empty_course(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """The draft is kept; the editor reads what is missing."""
    if not isinstance(page, CoursePage):
        return None
    problems = find_problems(draft_of(page))
    if not problems:
        return None
    keep_as_draft(page=page)
    for sentence in CourseIncomplete(problems).sentences:
        messages.error(request, sentence)
    messages.info(request, _("What you have written is kept as a draft."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_publish_page")
def refuse_to_open_finished_courses(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Asking everybody to do steps again opens finished courses: a right of its own."""
    if not isinstance(page, LessonPage) or page.change != ChangedSteps.REDO_ALL:
        return None
    if request.user.has_perm("opora_courses.reopen_completions"):
        return None
    messages.error(
        request,
        _(
            "Only who may open finished courses again can ask everybody to do these steps again. "
            "Choose another kind of change, or ask the administrator to publish the lesson."
        ),
    )
    messages.info(request, _("What you have written is kept as a draft."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_permissions")
def rights_over_records() -> QuerySet[Permission]:
    """What a group may be allowed beside teaching a course."""
    return Permission.objects.filter(
        content_type__app_label="opora_courses",
        codename__in=["pin_enrolment", "import_results", "reopen_completions"],
    )


@hooks.register("before_bulk_action")
def refuse_empty_courses(
    request: HttpRequest, action_type: str, objects: Sequence[Any], _action: Any
) -> HttpResponseBase | None:
    """The same where several pages are published at once without what is below them."""
    if action_type != "publish" or request.POST.get("include_descendants"):
        return None
    for page in objects:
        refusal = refuse_empty_course(request, page.specific)
        if refusal is not None:
            return refusal
    return None


@hooks.register("before_move_page")
def refuse_wrong_place(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponseBase | None:
    sentence = getattr(page.specific, "wrong_place", None)
    if sentence is None or page.specific_class.can_exist_under(destination):
        return None
    messages.error(request, sentence)
    return redirect("wagtailadmin_pages:move", page.pk)
