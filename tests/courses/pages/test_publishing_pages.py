"""What an editor does with pages, and what learners then read."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.catalogue.models import Course
from courses.enrolments.operations import enrol
from courses.pages.models import CoursePage, LessonPage
from courses.progress.models import Completion
from tests.courses.conftest import contents_of
from tests.courses.pages.conftest import block, fresh, stream
from tests.courses.progress.conftest import Journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner_of(child):
    """``learner_of(tree)``: a child with a place on the published course."""

    def make(tree) -> Journey:
        learner = child("masha").user
        at = timezone.now()
        return Journey(
            tree.course, enrol(learner=learner, course=tree.course, actor=learner, at=at)
        )

    return make


def test_a_tree_published_in_one_transaction_is_one_revision(tree, committed):
    course = tree("a", "b")
    course.add_lesson("Second", "c")
    with committed():
        course.publish()
    assert course.revisions == 1
    assert course.titles == ["a", "b", "c"]
    assert course.course.is_public


def test_publishing_a_lesson_makes_a_revision_and_recomputes_at_once(
    published, committed, learner_of
):
    course = published("a", "b", "c")
    masha = learner_of(course)
    masha.see("a", "b")
    lesson = LessonPage.objects.get()

    with committed():
        course.write(lesson, "a", "b").save_revision().publish()

    assert course.revisions == 2
    assert masha.enrolment.state.revision_n == 2
    assert masha.numbers == (2, 2, 100)
    assert Completion.objects.get().by_revision
    masha.refuse_drift()


def test_many_learners_are_recomputed_in_a_task(published, committed, learner_of, settings):
    settings.OPORA_RECOMPUTE_AT_ONCE = 0
    course = published("a", "b")
    masha = learner_of(course)
    masha.see("a")
    with committed():
        course.write(LessonPage.objects.get(), "a").save_revision().publish()
    assert Completion.objects.count() == 1


def test_a_draft_never_changes_what_learners_read(published, committed):
    course = published("a")
    lesson = LessonPage.objects.get()
    with committed():
        course.write(lesson, block("a", body="<p>draft</p>"), "new").save_revision()
        draft = CoursePage.objects.get().get_latest_revision_as_object()
        draft.title = "Draft title"
        draft.save_revision()
        course.add_lesson("A draft of a lesson", "x")

    assert course.revisions == 1
    assert course.titles == ["a"]
    content = contents_of(course.outline.steps)[course.outline.steps[0].uid].content
    assert content["body"] == "<p>a</p>"
    assert course.course.title == "Bridges"


def test_the_facts_of_a_course_follow_its_page(published, committed):
    course = published("a")
    page = CoursePage.objects.get()
    page.title, page.hours, page.age_mark = "Big bridges", 7, 12
    with committed():
        page.save_revision().publish()
    row = course.course
    assert (row.title, row.hours, row.age_mark) == ("Big bridges", 7, 12)
    assert course.revisions == 1


def test_an_unpublished_lesson_leaves_the_course(published, committed, learner_of):
    course = published("a")
    with committed():
        course.publish(course.add_lesson("Second", "b"))
    masha = learner_of(course)
    masha.see("a")
    with committed():
        LessonPage.objects.get(title="Second").unpublish()
    assert course.titles == ["a"]
    assert masha.numbers == (1, 1, 100)
    with committed():
        course.publish(LessonPage.objects.get(title="Second"))
    assert course.titles == ["a", "b"]


def test_an_unpublished_course_is_hidden_and_its_learners_keep_it(published, committed, learner_of):
    course = published("a", "b")
    masha = learner_of(course)
    masha.see("a")
    with committed():
        CoursePage.objects.get().unpublish()
    assert not Course.objects.published().exists()
    assert course.revisions == 1
    masha.see("b")
    assert masha.numbers == (2, 2, 100)


def test_a_deleted_lesson_leaves_the_course(published, committed):
    course = published("a")
    with committed():
        course.publish(course.add_lesson("Second", "b"))
    with committed():
        LessonPage.objects.get(title="Second").delete()
    assert course.titles == ["a"]
    assert course.revisions == 3


def test_a_deleted_course_page_hides_the_course_and_keeps_its_records(
    published, committed, learner_of
):
    course = published("a")
    masha = learner_of(course)
    masha.see("a")
    with committed():
        fresh(course.page).delete()
    assert not CoursePage.objects.exists()
    assert not Course.objects.published().exists()
    assert masha.numbers == (1, 1, 100)


def test_a_course_without_lessons_keeps_its_last_revision_and_says_why(published, committed):
    course = published("a")
    with committed():
        LessonPage.objects.get().unpublish()
    assert course.titles == ["a"]
    assert course.course.publishing_problem
    with committed():
        course.publish(LessonPage.objects.get())
    assert course.course.publishing_problem == ""


def test_a_copy_of_a_course_page_is_another_course(published, committed, index, learner_of):
    course = published("a", "b")
    learner_of(course)
    with committed():
        CoursePage.objects.get().copy(
            recursive=True, update_attrs={"title": "Copy", "slug": "copy"}
        )
    copy = CoursePage.objects.get(title="Copy")

    assert copy.course != course.course
    assert copy.course.title == "Copy"
    assert not copy.course.enrolments.exists()
    own = {step.uid for step in course.outline.steps}
    steps = copy.course.steps.all()
    assert not own & {str(step.uid) for step in steps}
    assert {str(step.derived_from_id) for step in steps} == own
    with committed():
        copy.get_latest_revision_as_object().save_revision().publish()
    copy.refresh_from_db()
    assert copy.course != course.course


def test_a_lesson_copied_within_the_course_has_steps_of_its_own(published, committed):
    course = published("a")
    with committed():
        LessonPage.objects.get().copy(update_attrs={"title": "Copy", "slug": "copy"})
    first, second = course.outline.steps
    assert first.uid != second.uid
    assert str(course.course.steps.get(uid=second.uid).derived_from_id) == first.uid


def test_a_module_moved_to_another_course_takes_its_lessons_along(published, committed):
    here, there = published("a"), published("b", title="Ships")
    with committed():
        extra = here.add_module("Extra")
        lesson = here.add_lesson("Second", "c", module=extra)
        here.publish(extra, lesson)
    with committed():
        fresh(extra).move(fresh(there.page), pos="last-child")

    assert here.titles == ["a"]
    assert there.titles == ["b", "c"]
    assert {step.uid for step in there.outline.steps}.isdisjoint(
        str(uid) for uid in here.course.steps.values_list("uid", flat=True)
    )


def test_a_lesson_moved_to_another_module_keeps_its_steps(published, committed, learner_of):
    course = published("a")
    with committed():
        extra = course.add_module("Extra")
        course.publish(extra, course.add_lesson("Second", "b", module=extra))
    masha = learner_of(course)
    masha.see("a")
    uids = {step.uid for step in course.outline.steps}
    with committed():
        LessonPage.objects.get(title="Lesson").move(fresh(extra), pos="last-child")
    assert course.titles == ["b", "a"]
    assert {step.uid for step in course.outline.steps} == uids
    assert masha.numbers == (1, 2, 50)


def test_reordering_lessons_makes_a_revision(published, committed):
    course = published("a")
    with committed():
        course.publish(course.add_lesson("Second", "b"))
    with committed():
        LessonPage.objects.get(title="Second").move(
            LessonPage.objects.get(title="Lesson"), pos="left"
        )
    assert course.titles == ["b", "a"]


def test_a_scheduled_lesson_comes_and_goes_at_its_times(published, committed, time_machine):
    course = published("a")
    begin = timezone.now()
    second = course.add_lesson("Second", "b")
    second.go_live_at = begin + timedelta(days=1)
    second.expire_at = begin + timedelta(days=2)
    with committed():
        second.save_revision().publish()
    assert course.titles == ["a"]
    for days, titles in [(0.5, ["a"]), (1.5, ["a", "b"]), (2.5, ["a"])]:
        time_machine.move_to(begin + timedelta(days=days))
        with committed():
            call_command("publish_scheduled", verbosity=0)
        assert course.titles == titles


def test_the_editors_choice_for_added_steps_is_obeyed(published, committed, learner_of):
    course = published("a", "b", added_steps="required_for_all_unfinished")
    masha = learner_of(course)
    masha.see("a")
    with committed():
        course.write(LessonPage.objects.get(), "a", "b", "c").save_revision().publish()
    assert masha.numbers == (1, 3, 33)


def test_going_back_to_an_earlier_page_revision_gives_the_earlier_steps(published, committed):
    course = published("a", "b")
    lesson = LessonPage.objects.get()
    first, uids = lesson.latest_revision, [step.uid for step in course.outline.steps]
    with committed():
        course.write(lesson, "b").save_revision().publish()
    with committed():
        first.publish()
    assert [step.uid for step in course.outline.steps] == uids


def test_a_republished_page_without_changes_makes_no_revision(published, committed):
    course = published("a")
    with committed():
        course.publish()
        course.publish()
    assert course.revisions == 1


def test_a_step_stored_before_weights_existed_weighs_one(tree, committed):
    course = tree()
    old = block("a")
    del old["value"]["weight"]
    lesson = course.add_lesson("Old")
    LessonPage.objects.filter(pk=lesson.pk).update(steps=stream(old))
    with committed():
        course.publish()
    assert course.outline.steps[0].weight == 1


def test_a_draft_from_before_the_first_publishing_presents_the_same_course(
    published, committed, learner_of
):
    course = published("a")
    masha = learner_of(course)
    first = CoursePage.objects.get().revisions.earliest("created_at")
    with committed():
        first.publish()
    assert course.course == masha.course
    assert Course.objects.count() == 1
