"""The editor's forms, through HTTP: building a course, and what is refused with a sentence."""

import html
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from courses.catalogue.models import Course
from courses.lessons.errors import CourseIncomplete
from courses.pages.models import CoursePage, LessonPage, ModulePage
from courses.quizzes.errors import sentence
from tests.courses.pages.admin_forms import (
    PUBLISH,
    SAVE,
    add,
    child_of,
    course_form,
    edit,
    lesson_form,
    module_form,
    quiz_step,
    text_step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]


def sentences_of(code: str, place: str = "") -> str:
    return CourseIncomplete([(code, place)]).sentences[0]


@pytest.fixture
def topic(tree):
    return tree().page.topic


def test_an_editor_builds_a_course_from_the_catalogue_down(send, index, topic):
    send(add(CoursePage, index), course_form(SAVE, topic=topic.pk, title="New", slug="new"))
    course = child_of(index)
    send(add(ModulePage, course), module_form(PUBLISH))
    module = child_of(course)
    send(add(LessonPage, module), lesson_form(PUBLISH, text_step("Read"), quiz_step(right=1)))
    send(edit(course), course_form(PUBLISH, topic=topic.pk, title="New", slug="new"))

    row = Course.objects.get(title="New")
    assert row.is_public
    assert row.current_revision.n == 1
    assert CoursePage.objects.get(pk=course.pk).live


def test_an_empty_course_is_not_published_and_stays_a_draft(send, index, topic):
    answer = send(add(CoursePage, index), course_form(PUBLISH, topic=topic.pk, slug="empty"))

    course = child_of(index)
    assert sentences_of("no_lessons") in answer.content.decode()
    assert answer.redirect_chain[-1][0] == edit(course)
    assert not course.live
    assert course.title == "Bridges"


def test_what_was_written_into_a_refused_course_is_kept(send, published):
    course = published("a").page
    LessonPage.objects.get().unpublish()

    form = course_form(PUBLISH, topic=course.topic_id, title="Stone bridges", slug=course.slug)
    answer = send(edit(course), form)

    assert sentences_of("no_lessons") in answer.content.decode()
    course.refresh_from_db()
    assert course.title == "Bridges"
    assert course.get_latest_revision_as_object().title == "Stone bridges"


def test_publishing_an_empty_course_from_the_list_is_refused_too(send, tree):
    course = tree().page
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = send(f"{address}?id={course.pk}", {"include_descendants": ""})
    course.refresh_from_db()
    assert not course.live
    assert sentences_of("no_lessons") in answer.content.decode()


def test_a_course_is_published_from_the_list_with_all_its_drafts(send, tree):
    course = tree("a", "b")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    send(f"{address}?id={course.page.pk}", {"include_descendants": "on"})
    assert course.titles == ["a", "b"]
    assert course.revisions == 1


def test_a_course_that_was_emptied_before_its_hour_tells_its_editor_why_nobody_sees_it(
    client, tree, committed
):
    course = tree("a")
    lesson = LessonPage.objects.get()
    course.publish(course.module, lesson)
    hour = timezone.now() + timedelta(hours=1)
    course.page.go_live_at = hour
    course.page.save_revision().publish()
    lesson.refresh_from_db()
    lesson.unpublish()

    with time_machine.travel(hour + timedelta(minutes=1), tick=False), committed():
        call_command("publish_scheduled")

    assert course.course.publishing_problem == sentences_of("no_lessons")
    assert sentences_of("no_lessons") in client.get(edit(course.page)).content.decode()


def test_a_lesson_without_steps_is_not_published(send, tree):
    module = tree().module
    answer = send(add(LessonPage, module), lesson_form(PUBLISH))
    assert not module.get_children().exists()
    assert answer.context["form"].errors["steps"]


def test_an_unfinished_lesson_is_kept_as_a_draft(send, tree):
    module = tree().module
    send(add(LessonPage, module), lesson_form(SAVE, quiz_step(right=None)))
    assert not child_of(module).live


def test_a_quiz_without_a_right_answer_is_refused_beside_the_question(send, tree):
    module = tree().module
    answer = send(add(LessonPage, module), lesson_form(PUBLISH, quiz_step(right=None)))
    assert not module.get_children().exists()
    in_json = json.dumps(sentence("no_right_answer", 1))
    assert in_json.strip('"') in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("kind", "form"),
    [(ModulePage, module_form(SAVE)), (LessonPage, lesson_form(SAVE)), (CoursePage, {})],
)
def test_a_page_at_the_wrong_place_is_refused_with_where_it_belongs(send, index, kind, form):
    home = index.get_parent()
    before = Page.objects.count()
    answer = send(add(kind, home), form)
    assert str(kind.wrong_place) in answer.content.decode()
    assert Page.objects.count() == before


def test_a_module_does_not_move_out_of_its_course(client, send, tree, index):
    module = tree().module
    address = reverse("wagtailadmin_pages:move_confirm", args=[module.pk, index.pk])
    answer = send(address, {})
    assert str(ModulePage.wrong_place) in answer.content.decode()
    assert Page.objects.get(pk=module.pk).get_parent().pk != index.pk


def test_a_lesson_is_not_copied_out_of_its_module(send, tree, index):
    course = tree("a")
    lesson = LessonPage.objects.get()
    answer = send(
        reverse("wagtailadmin_pages:copy", args=[lesson.pk]),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(course.page.pk)},
    )
    assert str(LessonPage.wrong_place) in answer.content.decode()
    assert LessonPage.objects.count() == 1


def test_the_programme_shows_drafts_and_what_is_missing(client, tree):
    course = tree("a", "b")
    page = client.get(edit(course.page)).content.decode()
    assert "1.1" in page
    assert edit(LessonPage.objects.get()) in page
    assert add(LessonPage, course.module) in page


def test_the_programme_takes_the_same_queries_whatever_the_size(
    tree, django_assert_max_num_queries
):
    course = tree("a")
    for number in range(12):
        course.add_lesson(f"Lesson {number}", "a")
    course.publish()
    page = CoursePage.objects.get(pk=course.page.pk)
    with django_assert_max_num_queries(5):
        assert len(page.programme.lessons) == 13
