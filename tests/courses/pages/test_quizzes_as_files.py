"""An editor takes a lesson's quizzes out as H5P files and brings them in as a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.pages.models import LessonPage
from tests.courses.pages.conftest import block
from tests.courses.quizzes.test_exchange import quiz_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(tree) -> LessonPage:
    quiz = {**block("quiz", "quiz"), "value": quiz_content("single", "match", title="Ключи")}
    made = tree("text", quiz)
    return LessonPage.objects.descendant_of(made.page).get()


def address(lesson) -> str:
    return reverse("lesson_quizzes:list", args=[lesson.pk])


def brought(client, lesson, content: bytes, **more):
    file = SimpleUploadedFile("quiz.h5p", content)
    return client.post(address(lesson), {"file": file}, follow=True, **more)


def taken_out(client, lesson) -> bytes:
    block_id = lesson.steps.raw_data[1]["id"]
    answer = client.get(reverse("lesson_quizzes:download", args=[lesson.pk, block_id]))
    assert answer.status_code == 200
    assert (
        "ключи.h5p" in answer.headers["Content-Disposition"]
        or "%D0%BA" in answer.headers["Content-Disposition"]
    )
    return answer.content


def test_a_quiz_taken_out_and_brought_in_is_the_same_quiz_in_the_draft(
    client, editor, lesson
) -> None:
    page = brought(client, lesson, taken_out(client, lesson))
    assert page.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    first, second = (one["value"] for one in list(draft.steps.raw_data)[1:])
    assert second == first
    assert draft.get_latest_revision().user == editor
    assert len(LessonPage.objects.get(pk=lesson.pk).steps) == 2, "nothing is published by itself"


@pytest.mark.usefixtures("editor")
def test_another_file_is_refused_beside_the_field(client, lesson) -> None:
    page = brought(client, lesson, b"not a package")
    assert page.status_code == 422
    assert "Question Set" in page.content.decode()


def test_who_may_not_edit_the_lesson_gets_no_quiz(client, person, lesson) -> None:
    client.force_login(person("anna"))
    answer = client.get(address(lesson))
    assert answer.status_code in {302, 403}
    block_id = lesson.steps.raw_data[1]["id"]
    answer = client.get(reverse("lesson_quizzes:download", args=[lesson.pk, block_id]))
    assert answer.status_code in {302, 403}


@pytest.mark.usefixtures("editor")
def test_the_lesson_leads_to_its_quizzes(client, lesson) -> None:
    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert address(lesson) in page.content.decode()


@pytest.mark.usefixtures("editor")
def test_a_quiz_that_is_not_there_is_not_found(client, lesson) -> None:
    answer = client.get(reverse("lesson_quizzes:download", args=[lesson.pk, "nothing"]))
    assert answer.status_code == 404
