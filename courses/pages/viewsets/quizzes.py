"""The quizzes of a lesson as H5P files: out to other programs, and in as a draft."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from courses.pages.models import LessonPage
from courses.pages.operations import add_step
from courses.quizzes.errors import NotAQuizFile
from courses.quizzes.operations import export_quiz, import_quiz


class QuizFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A .h5p file with questions"),
        help_text=gettext_lazy("A “Question Set” of H5P, from Lumi, Moodle or h5p.org."),
        widget=forms.ClearableFileInput(attrs={"accept": ".h5p"}),
    )


def lesson_to_edit(request: HttpRequest, page_id: int) -> LessonPage:
    """The newest draft of the lesson.

    Raises:
        Http404: there is no such lesson.
        PermissionDenied: the person may not edit it.
    """
    page = get_object_or_404(LessonPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def quizzes_of(lesson: LessonPage) -> list[dict[str, Any]]:
    """The raw blocks of the lesson's quizzes, in order."""
    return [block for block in lesson.steps.raw_data if block["type"] == "quiz"]


class QuizListView(View):
    """The quizzes to take out, and a form to bring one in."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return self._page(request, lesson_to_edit(request, page_id), QuizFileForm())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        lesson = lesson_to_edit(request, page_id)
        form = QuizFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, lesson, form, status=422)
        try:
            quiz, left_out = import_quiz(form.cleaned_data["file"])
        except NotAQuizFile as refusal:
            form.add_error("file", str(refusal))
            return self._page(request, lesson, form, status=422)
        add_step(lesson=lesson, kind="quiz", value=quiz, actor=request.user)
        messages.success(request, _("The quiz stands at the end of the lesson, as a draft."))
        if left_out:
            kinds = ", ".join(sorted(set(left_out)))
            sentence = _("Questions of other kinds were left out: %(kinds)s.")
            messages.warning(request, sentence % {"kinds": kinds})
        return redirect("wagtailadmin_pages:edit", lesson.pk)

    def _page(
        self, request: HttpRequest, lesson: LessonPage, form: QuizFileForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "lesson": lesson,
            "quizzes": quizzes_of(lesson),
            "form": form,
            "page_title": _("Quizzes as files"),
            "header_icon": "help",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_pages:edit", args=[lesson.pk]), "label": lesson.title}
            ],
        }
        return render(request, "courses/admin/quizzes.html", context, status=status)


class QuizDownloadView(View):
    def get(self, request: HttpRequest, page_id: int, block_id: str) -> HttpResponse:
        quizzes = quizzes_of(lesson_to_edit(request, page_id))
        block = next((one for one in quizzes if one.get("id") == block_id), None)
        if block is None:
            raise Http404
        name = slugify(block["value"].get("title") or "", allow_unicode=True) or "quiz"
        return HttpResponse(
            export_quiz(block["value"]),
            content_type="application/zip",
            headers={
                "Content-Disposition": content_disposition_header(
                    as_attachment=True, filename=f"{name}.h5p"
                )
            },
        )


class LessonQuizzesViewSet(ViewSet):
    name = "lesson_quizzes"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("<int:page_id>/", QuizListView.as_view(), name="list"),
            path("<int:page_id>/<str:block_id>.h5p", QuizDownloadView.as_view(), name="download"),
        ]
