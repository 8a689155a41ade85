"""What Wagtail users know works for courses too: each through the admin's own addresses."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page, TaskState

from courses.catalogue.models import Course
from courses.lessons.models import Step
from courses.pages.models import CoursePage, LessonPage
from home.operations import make_roles
from tests.courses.pages.admin_forms import (
    PUBLISH,
    SAVE,
    SUBMIT,
    add,
    child_of,
    course_form,
    edit,
    lesson_form,
    text_step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("editor")]


def admin(name: str, *args: int | str) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.fixture
def the_lesson(published):
    """The only lesson of a published course of one text step, "a"."""
    published("a")
    return LessonPage.objects.get()


def changed(lesson: LessonPage, action: dict, **fields) -> dict:
    form = lesson_form(action, text_step("b"), title=lesson.title, slug=lesson.slug, **fields)
    return form | {"steps-0-id": lesson.steps[0].id}


def test_a_draft_is_not_seen_by_learners_until_it_is_published(send, the_lesson):
    course = Course.objects.get()
    send(edit(the_lesson), changed(the_lesson, SAVE))
    course.refresh_from_db()
    assert course.current_revision.n == 1

    send(edit(the_lesson), changed(the_lesson, PUBLISH))
    course.refresh_from_db()
    assert course.current_revision.n == 2


def test_a_changed_step_keeps_its_identity(send, the_lesson):
    before = set(Step.objects.values_list("uid", flat=True))
    send(edit(the_lesson), changed(the_lesson, PUBLISH))
    assert set(Step.objects.values_list("uid", flat=True)) == before


def test_two_revisions_are_compared(client, send, the_lesson):
    send(edit(the_lesson), changed(the_lesson, SAVE))
    page = client.get(admin("revisions_compare", the_lesson.pk, "live", "latest"))
    said = page.content.decode()
    assert page.status_code == 200
    assert '<span class="deletion">a</span>' in said
    assert '<span class="addition">b</span>' in said


def test_an_older_revision_comes_back(client, send, the_lesson):
    first = the_lesson.get_latest_revision()
    send(edit(the_lesson), changed(the_lesson, PUBLISH))
    form = client.get(admin("revisions_revert", the_lesson.pk, first.pk))
    assert form.status_code == 200
    with_old_text = lesson_form(PUBLISH, text_step("a"), title="Lesson", slug=the_lesson.slug)
    send(edit(the_lesson), with_old_text | {"revision": first.pk})
    the_lesson.refresh_from_db()
    assert the_lesson.steps[0].value["title"] == "a"


def test_a_lesson_is_published_at_its_hour(send, the_lesson, committed):
    hour = timezone.localtime() + timedelta(hours=2)
    send(edit(the_lesson), changed(the_lesson, PUBLISH, go_live_at=f"{hour:%Y-%m-%d %H:%M}"))
    assert Course.objects.get().current_revision.n == 1

    with time_machine.travel(hour + timedelta(minutes=2), tick=False), committed():
        call_command("publish_scheduled")
    assert Course.objects.get().current_revision.n == 2


def test_an_author_hands_in_and_an_editor_approves_and_that_publishes(client, send, tree):
    authors, editors = make_roles()
    author = get_user_model().objects.create_user("pavel")
    author.groups.add(authors)
    approver = get_user_model().objects.create_user("belova")
    approver.groups.add(editors)
    course = tree("a")
    course.publish(course.module, LessonPage.objects.get())

    client.force_login(author)
    assert not course.page.permissions_for_user(author).can_publish()
    form = course_form(SUBMIT, topic=course.page.topic_id, slug=course.page.slug)
    send(edit(course.page), form)
    task = TaskState.objects.get()

    client.force_login(approver)
    send(admin("workflow_action", course.page.pk, "approve", task.pk), {"comment": ""})

    course.page.refresh_from_db()
    assert course.page.live
    assert course.titles == ["a"]


def test_a_comment_stands_beside_a_field(send, editor, the_lesson):
    note = {
        "id": "",
        "contentpath": "minutes",
        "text": "Is that not too long?",
        "position": "",
        "resolved": "",
        "replies-TOTAL_FORMS": "0",
        "replies-INITIAL_FORMS": "0",
        "replies-MIN_NUM_FORMS": "0",
        "replies-MAX_NUM_FORMS": "",
    }
    form = lesson_form(
        SAVE, text_step("a"), title=the_lesson.title, slug=the_lesson.slug, comments=[note]
    )
    send(edit(the_lesson), form)
    comment = Comment.objects.get()
    assert (comment.user, comment.contentpath) == (editor, "minutes")


def test_the_preview_of_a_lesson_shows_what_is_not_saved_yet(client, the_lesson):
    address = admin("preview_on_edit", the_lesson.pk)
    form = lesson_form(SAVE, text_step("Unsaved words"), title="Lesson", slug=the_lesson.slug)
    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    page = client.get(address)
    assert page.status_code == 200
    assert "Unsaved words" in page.content.decode()


def test_the_preview_of_a_new_lesson_shows_it_too(client, tree):
    module = tree().module
    address = add(LessonPage, module) + "preview/"
    assert client.post(address, lesson_form(SAVE, text_step("First words"))).json()["is_valid"]
    page = client.get(address)
    assert page.status_code == 200
    assert "First words" in page.content.decode()


def test_the_preview_of_a_course_shows_the_drafts_below_it(client, tree):
    course = tree("a")
    course.add_lesson("Not published yet", "b")
    address = admin("preview_on_edit", course.page.pk)
    form = course_form(SAVE, topic=course.page.topic_id, promise="You will cross a river")
    assert client.post(address, form).json()["is_valid"]
    page = client.get(address)
    assert page.status_code == 200
    assert "You will cross a river" in page.content.decode()
    assert "Not published yet" in page.content.decode()


def test_the_preview_of_a_course_that_is_new(client, index, tree):
    topic = tree().page.topic_id
    address = add(CoursePage, index) + "preview/"
    assert client.post(address, course_form(SAVE, topic=topic, slug="new")).json()["is_valid"]
    assert client.get(address).status_code == 200


def test_a_copied_course_is_a_course_of_its_own(client, send, published, index):
    course = published("a", "b")
    send(
        admin("copy", course.page.pk),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": str(index.pk),
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    )
    copy = child_of(index)
    assert copy.title == "Copy"
    assert copy.course not in {None, course.course}
    steps = Step.objects.filter(course=copy.course)
    assert steps.count() == 2
    assert all(step.derived_from.course == course.course for step in steps)


def test_a_copy_that_is_not_published_has_no_course_yet(send, published, index):
    course = published("a")
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(index.pk)}
    send(admin("copy", course.page.pk), form | {"copy_subpages": "on"})
    copy = child_of(index)
    assert not copy.live
    assert copy.course_id is None
    assert Course.objects.count() == 1


def test_a_moved_lesson_keeps_its_steps_and_stands_in_its_new_place(send, published):
    course = published("a")
    before = [step.uid for step in course.outline.steps]
    target = course.add_module("Target")
    course.publish(target)
    lesson = LessonPage.objects.get()

    send(admin("move_confirm", lesson.pk, target.pk), {})

    assert Page.objects.get(pk=lesson.pk).get_parent().pk == target.pk
    assert [module.title for module in course.outline.modules] == ["Target"]
    assert [step.uid for step in course.outline.steps] == before


def test_lessons_are_put_in_another_order(client, published, committed):
    course = published("a")
    second = course.add_lesson("Second", "b")
    with committed():
        course.publish(second)
    with committed():
        client.post(
            reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0"
        )
    assert course.titles == ["b", "a"]


def test_a_lesson_goes_up_and_down_without_dragging(send, published):
    course = published("a")
    second = course.add_lesson("Second", "b")
    course.publish(second)

    send(reverse("programme:move", args=[second.pk, "up"]), {})
    assert course.titles == ["b", "a"]

    send(reverse("programme:move", args=[second.pk, "up"]), {})
    assert course.titles == ["b", "a"]

    answer = send(reverse("programme:move", args=[second.pk, "down"]), {})
    assert course.titles == ["a", "b"]
    assert answer.status_code == 200


def test_only_who_may_order_pages_moves_a_lesson(client, editor, published):
    authors, _editors = make_roles()
    editor.is_superuser = False
    editor.save()
    editor.groups.add(authors)
    course = published("a")
    second = course.add_lesson("Second", "b")
    client.post(reverse("programme:move", args=[second.pk, "up"]))
    lessons = Page.objects.child_of(course.module)
    assert [page.title for page in lessons] == ["Lesson", "Second"]
    assert client.get(reverse("programme:move", args=[second.pk, "up"])).status_code == 405


def test_the_admin_shows_every_page_of_a_course_to_an_editor(client, published, editor):
    editors = make_roles()[1]
    editor.is_superuser = False
    editor.save()
    editor.groups.add(editors)
    course = published("a")
    lesson = LessonPage.objects.get()
    for page in (course.page, course.module, lesson):
        assert client.get(edit(page)).status_code == 200
        assert client.get(admin("history", page.pk)).status_code == 200
    for parent in (course.page.get_parent(), course.page, course.module):
        assert client.get(reverse("wagtailadmin_explore", args=[parent.pk])).status_code == 200
