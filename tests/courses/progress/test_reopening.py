"""Finished courses: never asked again by the way, and opened again on purpose (R7)."""

import pytest
from django.contrib.auth.models import Permission

from courses.lessons.rules import AddedPolicy
from courses.progress.errors import NotAllowed, ReasonMissing
from courses.progress.models import Completion, CourseState, Event
from courses.progress.operations import reopen_completions
from courses.progress.queries import Chosen, count_to_reopen, explanation_of, progress_table
from courses.progress.rules import Mark, StepReason
from tests.courses.conftest import NOON, text_step

pytestmark = pytest.mark.django_db
EVERYBODY = AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED


@pytest.fixture
def head(person):
    """Somebody who may open finished courses again."""
    user = person("head")
    user.user_permissions.add(Permission.objects.get(codename="reopen_completions"))
    return type(user).objects.get(pk=user.pk)


def reopen(masha, head, reason: str = "A new law") -> int:
    return reopen_completions(course=masha.course, reason=reason, actor=head, at=next(masha.clock))


def test_a_step_that_comes_back_after_the_finish_is_never_asked(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.publish("a")
    assert masha.numbers == (1, 1, 100)

    masha.publish("a", "b")

    back = masha.place.outline.step_by_uid[masha.uid("b")]
    assert masha.numbers == (1, 1, 100)
    assert masha.place.reason(back) is StepReason.NEW
    assert masha.place.state.finished.revision_n == 2
    assert Completion.objects.count() == 1
    kept = CourseState.objects.get()
    assert (kept.done, kept.required) == (1, 1)
    assert masha.place.resume(NOON).title == "a"


def test_what_a_finished_learner_did_before_it_was_removed_counts_when_it_comes_back(journey):
    masha = journey("a", "b")
    masha.see("a", "b")
    masha.publish("a")
    masha.publish("a", "b")
    assert masha.numbers == (2, 2, 100)


def test_the_teachers_table_does_not_ask_a_finished_learner_either(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.publish("a")
    masha.publish("a", "b")
    table = progress_table(masha.course, waiting={}, chosen=Chosen.ALL, page=1, at=NOON)
    assert table.rows[0].marks == (Mark.DONE,)


def test_resetting_an_optional_step_leaves_the_course_finished(journey):
    masha = journey("a", text_step("extra", required=False))
    masha.see("extra", "a")
    before = masha.place.state.finished

    masha.reset("extra")
    masha.see("extra")

    assert masha.place.state.finished == before
    assert Completion.objects.count() == 1
    assert masha.place.enrolment.epoch == 1
    masha.reset("a")
    masha.see("a")
    assert sorted(Completion.objects.values_list("epoch", flat=True)) == [0, 2]


def test_only_who_would_have_something_left_to_do_is_asked_again(journey, head):
    masha = journey("a", "b")
    masha.see("a", "b")
    assert (count_to_reopen(masha.course), reopen(masha, head)) == (0, 0)
    masha.publish("a", "b", "free")
    assert count_to_reopen(masha.course) == 0, "optional for those inside"
    masha.publish("a", "b", "free", "new", policy=EVERYBODY)
    assert (count_to_reopen(masha.course), reopen(masha, head)) == (1, 1)
    assert masha.numbers == (2, 3, 66)
    assert masha.place.state.finished is None
    assert (count_to_reopen(masha.course), reopen(masha, head)) == (0, 0)


def test_who_finishes_again_has_both_completions(journey, head):
    masha = journey("a")
    masha.see("a")
    masha.publish("a", "new", policy=EVERYBODY)
    reopen(masha, head)
    assert Completion.objects.count() == 1
    masha.see("new")
    assert sorted(Completion.objects.values_list("epoch", flat=True)) == [0, 1]
    assert masha.numbers == (2, 2, 100)


def test_the_learner_is_told_why_until_the_course_is_finished_again(journey, head):
    masha = journey("a")
    masha.see("a")
    masha.publish("a", "new", policy=EVERYBODY)
    reopen(masha, head, "  A new law  ")
    at = next(masha.clock)
    assert masha.place.reopened_lately(at).reason == "A new law"
    (word,) = explanation_of(masha.place).course_words
    assert (word.verb, word.reason) == ("reopened", "A new law")
    masha.see("new")
    assert masha.place.reopened_lately(at) is None


def test_a_pinned_place_is_asked_for_nothing_new(journey, head):
    masha = journey("a")
    masha.see("a")
    masha.pin(1)
    masha.publish("a", "new", policy=EVERYBODY)
    assert (count_to_reopen(masha.course), reopen(masha, head)) == (0, 0)


def test_it_is_a_right_of_its_own_and_wants_a_reason(journey, head):
    masha = journey("a")
    with pytest.raises(NotAllowed):
        reopen(masha, masha.teacher)
    with pytest.raises(ReasonMissing):
        reopen(masha, head, "  ")
    assert not Event.objects.exists()
