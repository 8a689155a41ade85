"""What was learned elsewhere counts, and says so."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from courses.lessons.rules import Rule, RuleKind
from courses.progress.errors import NotTheTeacher, ReasonMissing, SourceMissing, StepGone
from courses.progress.models import CourseState, Event
from courses.progress.operations import import_results
from courses.progress.queries import explanation_of
from courses.progress.rules import Evidence, StepReason
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db


def bring(masha, *titles: str, **changes):
    said = {
        "enrolment": masha.enrolment,
        "step_uids": [masha.uid(title) for title in titles],
        "source": "School No. 5",
        "reason": "seen the paper",
        "actor": masha.teacher,
        "at": NOON,
    } | changes
    return import_results(**said)


def test_what_was_learned_elsewhere_is_done_whatever_the_rule(journey):
    masha = journey(text_step("q", kind="quiz", rule=Rule(RuleKind.PASSED, 60)), "b")
    bring(masha, "q")
    row = explanation_of(masha.place).lessons[0].steps[0]
    assert masha.numbers == (1, 2, 50)
    assert (row.reason, row.done.evidence) == (StepReason.IMPORTED, Evidence.TEACHER)
    assert (row.word.source, row.word.reason) == ("School No. 5", "seen the paper")


def test_records_of_another_system_are_vouched_for_by_a_machine(journey):
    masha = journey("a", "b")
    bring(masha, "a", evidence=Evidence.MACHINE_SERVER)
    assert masha.place.state.steps[masha.uid("a")].done.evidence is Evidence.MACHINE_SERVER
    bring(masha, "a", source="Paper")
    assert masha.place.state.steps[masha.uid("a")].imported is Evidence.TEACHER


@pytest.mark.parametrize("evidence", [Evidence.SEEN, Evidence.SELF, Evidence.MACHINE_CLIENT])
def test_nobody_else_vouches_for_it(journey, evidence):
    with pytest.raises(ValueError, match=evidence):
        bring(journey("a"), "a", evidence=evidence)


def test_the_same_from_the_same_source_counts_once(journey):
    masha = journey("a", "b", "c")
    bring(masha, "a")
    bring(masha, "a", "b")
    bring(masha, "b", "a")
    assert Event.objects.count() == 2
    assert masha.numbers == (2, 3, 66)


def test_after_a_reset_it_may_be_said_again(journey):
    masha = journey("a", "b")
    bring(masha, "a")
    masha.reset("a")
    assert not masha.is_done("a")
    bring(masha, "a")
    assert masha.is_done("a")


def test_it_is_all_or_nothing(journey):
    masha = journey("a", "b")
    masha.publish("a")
    with pytest.raises(StepGone):
        bring(masha, "a", "b")
    assert not Event.objects.exists()


def test_a_lesson_need_not_be_open(journey):
    later = NOON + timedelta(days=9)
    masha = journey(draft=course_of(lesson_of([text_step("a")], available_from=later)))
    bring(masha, "a")
    assert masha.numbers == (1, 1, 100)


def test_it_is_no_activity_of_the_learner(journey):
    masha = journey("a", "b")
    bring(masha, "a", evidence=Evidence.MACHINE_SERVER)
    assert CourseState.objects.get().last_activity_at is None


def test_a_reason_and_a_source_are_asked_for(journey):
    masha = journey("a")
    with pytest.raises(ReasonMissing):
        bring(masha, "a", reason=" ")
    with pytest.raises(SourceMissing):
        bring(masha, "a", source="\n")


def test_only_the_teacher_or_who_has_the_right_imports(journey, person):
    masha, boris = journey("a"), person("boris")
    for actor in (boris, masha.enrolment.learner):
        with pytest.raises(NotTheTeacher):
            bring(masha, "a", actor=actor)
    boris.user_permissions.add(Permission.objects.get(codename="import_results"))
    bring(masha, "a", actor=type(boris).objects.get(pk=boris.pk))
    assert masha.is_done("a")
