"""Publishing makes one immutable revision of what is new, and refuses what nobody could finish."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from courses.catalogue.models import Course, CourseRevision
from courses.lessons.errors import CourseIncomplete
from courses.lessons.models import Step, StepVersion
from courses.lessons.operations import digest_of, publish_revision
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy, CourseDraft, outline_from_json, outline_to_json
from tests.courses.conftest import (
    NOON,
    contents_of,
    course_of,
    draft_of_steps,
    lesson_of,
    publish,
    step_uid,
    text_step,
)

pytestmark = pytest.mark.django_db


def outline_of(course: Course):
    course.refresh_from_db()
    return outline_by_id(course.current_revision_id)


def test_the_same_content_is_one_revision(a_course):
    course = a_course("a", "b")
    again = publish_revision(
        course=course,
        draft=draft_of_steps("a", "b"),
        policy=AddedPolicy.REQUIRED_FOR_NEW,
        actor=None,
        at=NOON + timedelta(days=1),
    )
    assert again is None
    assert course.revisions.count() == 1
    assert StepVersion.objects.count() == 2


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert digest_of({"a": 1, "б": [2]}) == digest_of({"б": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert digest_of([1, 2]) != digest_of([2, 1])


@pytest.mark.parametrize(
    "draft",
    [
        draft_of_steps("b", "a"),
        draft_of_steps("a", text_step("b", required=False)),
        draft_of_steps("a", text_step("b", weight=2)),
        draft_of_steps("a", text_step("b", content={"body": "<p>another</p>"})),
        course_of(lesson_of([text_step("a"), text_step("b")], minutes=11)),
        course_of(lesson_of([text_step("a"), text_step("b")], available_from=NOON)),
    ],
)
def test_everything_that_a_learner_may_notice_is_a_new_revision(a_course, draft):
    course = a_course("a", "b")
    publish(course, draft)
    assert list(course.revisions.values_list("n", flat=True)) == [1, 2]
    assert outline_of(course) == outline_from_json(outline_to_json(outline_of(course)))


def test_going_back_to_an_earlier_content_takes_its_versions_up_again(a_course):
    course = a_course("a")
    first = outline_of(course)
    publish(course, draft_of_steps(text_step("a", content={"body": "other"})))
    publish(course, draft_of_steps("a"))
    assert outline_of(course).steps == first.steps
    assert course.revisions.count() == 3
    assert StepVersion.objects.count() == 2


def test_a_revision_reads_what_it_said_when_it_was_published(a_course):
    course = a_course("a")
    first = outline_of(course)
    publish(course, draft_of_steps(text_step("a", content={"body": "other"})))
    uid = step_uid(course, "a")
    assert contents_of(first.steps)[uid].content["body"] == "<p>a</p>"
    assert contents_of(outline_of(course).steps)[uid].content["body"] == "other"


def test_a_copy_in_the_same_course_remembers_where_it_came_from(a_course):
    course = a_course("a")
    one, two = lesson_of([text_step("a")]), lesson_of([text_step("a")], title="Copy")
    publish(course, course_of(one, two))
    original, copy = outline_of(course).steps
    assert copy.uid != original.uid
    assert str(Step.objects.get(uid=copy.uid).derived_from_id) == original.uid


def test_a_copy_published_together_with_its_original_remembers_it_too(a_course):
    one, two = lesson_of([text_step("a")]), lesson_of([text_step("a")], title="Copy")
    course = a_course(draft=course_of(one, two))
    original, copy = outline_of(course).steps
    assert str(Step.objects.get(uid=copy.uid).derived_from_id) == original.uid


def test_a_copy_in_another_course_is_another_step(a_course):
    original, copy = a_course("a"), a_course("a", title="Ships")
    copied = Step.objects.get(course=copy)
    assert str(copied.uid) != step_uid(original, "a")
    assert str(copied.derived_from_id) == step_uid(original, "a")
    assert StepVersion.objects.count() == 2


def test_a_block_moved_to_another_lesson_is_the_same_step(a_course):
    course = a_course(
        draft=course_of(
            lesson_of([text_step("a"), text_step("b")], title="1"),
            lesson_of([text_step("c")], title="2"),
        )
    )
    before = {step.title: step.uid for step in outline_of(course).steps}
    publish(
        course,
        course_of(
            lesson_of([text_step("b")], title="1"),
            lesson_of([text_step("c"), text_step("a")], title="2"),
        ),
    )
    assert {step.title: step.uid for step in outline_of(course).steps} == before
    assert Step.objects.count() == 3


def test_since_when_a_step_is_asked_survives_its_absence(a_course):
    course = a_course("a", "b")
    publish(course, draft_of_steps("a"))
    publish(course, draft_of_steps("a", "b"), policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)
    restored = outline_of(course).step_by_uid[step_uid(course, "b")]
    assert (restored.added_in, restored.policy) == (1, AddedPolicy.INITIAL)


def test_a_step_that_becomes_required_is_asked_since_then(a_course):
    course = a_course("a", text_step("b", required=False))
    publish(course, draft_of_steps("a", "b"), policy=AddedPolicy.REQUIRED_FOR_NEW)
    step = outline_of(course).step_by_uid[step_uid(course, "b")]
    assert (step.added_in, step.policy) == (2, AddedPolicy.REQUIRED_FOR_NEW)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (CourseDraft(()), "no published lesson"),
        (course_of(), "no published lesson"),
        (course_of(lesson_of([])), "“Lesson” has no steps"),
        (course_of(lesson_of([text_step("a")]), lesson_of([], title="Two")), "“Two” has no steps"),
        (draft_of_steps(text_step("a", required=False)), "Every step is optional"),
    ],
)
def test_what_nobody_could_finish_is_refused_with_what_to_do(a_course, draft, sentence):
    course = a_course("a")
    with override("en"), pytest.raises(CourseIncomplete, match=sentence):
        publish(course, draft)
    assert course.revisions.count() == 1


IMMUTABLE = {
    "an event": ("opora_courses_event", "verb = 'overridden'"),
    "a revision": ("opora_courses_courserevision", "n = n + 100"),
    "a version of a step": ("opora_courses_stepversion", "kind = 'quiz'"),
}


@pytest.mark.parametrize("row", IMMUTABLE)
def test_the_database_refuses_to_change(row, a_course, a_place):
    from tests.courses.progress.conftest import Journey

    course = a_course("a")
    Journey(course, a_place(course)).see("a")
    table, change = IMMUTABLE[row]
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
    ):
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608
    assert CourseRevision.objects.get().n == 1
