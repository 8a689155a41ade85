"""Places that keep to one edition of a course, whatever is published later."""

import pytest
from django.contrib.auth.models import Permission

from courses.lessons.rules import AddedPolicy, Rule, RuleKind
from courses.progress.errors import EditionUnknown, NotRetractable, NotTheTeacher, ReasonMissing
from courses.progress.models import Completion, CourseState, Event
from courses.progress.operations import pin, recompute, recompute_course
from courses.progress.queries import Chosen, explanation_of, progress_table
from courses.progress.rules import Mark
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db
EVERYBODY = AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED


def test_a_place_follows_the_latest_edition_by_default(journey):
    masha = journey("a", "b")
    masha.publish("a", "b", "c", policy=EVERYBODY)
    assert masha.place.enrolment.mode == "follow_latest"
    assert masha.numbers == (0, 3, 0)


def test_a_pinned_place_is_measured_by_its_edition(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.pin(1)
    masha.publish("a", "b", "c", "d", policy=EVERYBODY)
    assert masha.place.enrolment.mode == "pinned"
    assert masha.numbers == (1, 2, 50)
    assert [step.title for step in masha.place.outline.steps] == ["a", "b"]
    masha.see("b")
    assert Completion.objects.get().revision_n == 1
    assert Event.objects.latest("seq").revision_n == 1


def test_what_was_removed_from_the_course_can_still_be_done_in_a_pinned_place(journey):
    masha = journey("a", "b")
    masha.pin(1)
    masha.publish("a")
    masha.see("b")
    assert masha.is_done("b")
    assert masha.numbers == (1, 2, 50)


def test_neither_recomputing_moves_a_pinned_place(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.pin(1)
    masha.publish("a", "c", "d", policy=EVERYBODY)
    assert recompute_course(course_id=masha.course.pk) == 0
    recompute(enrolment=masha.enrolment)
    kept = CourseState.objects.get()
    assert (kept.revision_n, kept.done, kept.required) == (1, 1, 2)


def test_who_follows_again_is_asked_what_the_latest_edition_asks(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.pin(1)
    masha.publish("a", "b", "c", policy=EVERYBODY)
    masha.publish("a", "b", "c", "d", policy=EVERYBODY)
    masha.unpin()
    assert masha.numbers == (1, 4, 25)
    assert masha.place.state.revision_n == 3


def test_following_again_may_finish_the_course_at_that_moment(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.pin(1)
    masha.publish("a")
    masha.unpin()
    completion = Completion.objects.get()
    assert completion.by_revision
    assert completion.effective_at == Event.objects.latest("seq").effective_at


def test_a_place_may_go_back_to_an_edition_that_it_has_left(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.publish("a", "b", "c", "d", policy=EVERYBODY)
    masha.see("c")
    assert masha.numbers == (2, 4, 50)
    masha.pin(1)
    assert masha.numbers == (1, 2, 50)
    masha.unpin()
    assert masha.numbers == (2, 4, 50)


def test_the_rules_of_the_chosen_edition_judge_what_is_known(journey):
    masha = journey("a", "b")
    masha.publish(text_step("a", rule=Rule(RuleKind.DECLARED)), "b")
    masha.see("a")
    assert not masha.is_done("a")
    masha.pin(1)
    assert masha.is_done("a")


def test_the_reason_is_told(journey):
    masha = journey("a", "b")
    masha.pin(1)
    masha.unpin()
    (word,) = explanation_of(masha.place).course_words
    assert (word.verb, word.reason, word.revision_n) == ("pinned", "there is news", None)
    assert [event.payload["revision"] for event in Event.objects.order_by("seq")] == [1, None]


def test_choosing_the_same_edition_twice_is_one_event(journey):
    masha = journey("a", "b")
    masha.unpin()
    masha.pin(1)
    masha.pin(1)
    assert Event.objects.count() == 1


@pytest.mark.parametrize("n", [0, 1, 4])
def test_an_edition_that_is_older_than_the_place_or_does_not_exist(journey, a_place, child, n):
    masha = journey("a")
    masha.publish("a", "b")
    masha.publish("a", "b", "c")
    later = type(masha)(masha.course, a_place(masha.course, child("later").user))
    later.enrolment.refresh_from_db()
    with pytest.raises(EditionUnknown):
        later.pin(n)
    assert not Event.objects.exists()


def test_the_choice_of_an_edition_is_not_retracted(journey):
    masha = journey("a", "b")
    masha.pin(1)
    with pytest.raises(NotRetractable):
        masha.retract(str(Event.objects.get().uid))


def test_only_the_teacher_or_who_has_the_right_chooses_an_edition(journey, person):
    masha = journey("a")
    boris = person("boris")
    said = {"enrolment": masha.enrolment, "revision_n": 1, "at": NOON}
    with pytest.raises(NotTheTeacher):
        pin(reason="because", actor=boris, **said)
    boris.user_permissions.add(Permission.objects.get(codename="pin_enrolment"))
    with pytest.raises(ReasonMissing):
        pin(reason=" ", actor=type(boris).objects.get(pk=boris.pk), **said)
    pin(reason="because", actor=type(boris).objects.get(pk=boris.pk), **said)
    assert masha.place.state.pinned_n == 1


def test_the_teachers_table_measures_a_pinned_place_by_its_edition(journey):
    first, second = lesson_of([text_step("a")], title="1"), lesson_of([text_step("b")], title="2")
    masha = journey(draft=course_of(first, second))
    masha.see("a")
    masha.pin(1)
    changed = lesson_of([text_step("a"), text_step("new")], title="1")
    third = lesson_of([text_step("c")], title="3")
    masha.publish(draft=course_of(changed, third), policy=EVERYBODY)
    table = progress_table(masha.course, waiting={}, chosen=Chosen.ALL, page=1, at=NOON)
    (row,) = table.rows
    assert row.marks == (Mark.DONE, Mark.NOT_REQUIRED)
    assert row.edition == 1
