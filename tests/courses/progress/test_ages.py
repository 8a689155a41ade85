"""Steps that are for learners of some ages only."""

import pytest

from courses.lessons.rules import AddedPolicy, Ages, outline_from_json, outline_to_json
from courses.progress.queries import Chosen, progress_table
from courses.progress.rules import Mark, StepReason
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db
UNDER_TEN, FROM_TEN = Ages(None, 9), Ages(10, None)


@pytest.mark.parametrize(
    ("ages", "meant"),
    [
        (Ages(10, None), [10, 11, 12, 99, None]),
        (Ages(None, 9), [0, 8, 9]),
        (Ages(9, 11), [9, 10, 11]),
        (Ages(0, None), [0, 8, 9, 10, 11, 12, 99, None]),
    ],
)
def test_for_whom_a_step_is(ages, meant):
    everybody = [0, 8, 9, 10, 11, 12, 99, None]
    assert [age for age in everybody if ages.include(age)] == meant


def two_ages():
    return ["all", text_step("young", ages=UNDER_TEN), text_step("old", ages=FROM_TEN)]


def test_what_is_for_others_is_not_counted_and_says_so(journey, child):
    nine = journey(*two_ages(), learner=child("nina", birth_year=2017).user)
    ten = journey(*two_ages(), learner=child("tanya", birth_year=2016).user)
    for masha, own, others in ((nine, "young", "old"), (ten, "old", "young")):
        masha.see("all", others)
        assert masha.numbers == (1, 2, 50)
        masha.see(own)
        assert masha.numbers == (2, 2, 100)
        assert masha.completion is not None
        reasons = {step.title: masha.place.reason(step) for step in masha.place.outline.steps}
        assert reasons == {"all": "done", own: "done", others: "optional_done"}
    assert nine.place.enrolment.learner_age == 9


def test_an_untouched_step_for_others_has_a_reason_of_its_own(journey, child):
    masha = journey(*two_ages(), learner=child("nina", birth_year=2017).user)
    old = masha.place.outline.step_by_uid[masha.uid("old")]
    assert masha.place.reason(old) is StepReason.NOT_FOR_AGE
    assert masha.place.resume(NOON).title == "all"
    masha.see("all", "young")
    assert masha.place.resume(NOON).title == "young"


def test_an_adult_is_older_than_any_limit(journey, person):
    masha = journey(*two_ages(), learner=person("anna"))
    assert masha.place.enrolment.learner_age is None
    assert [step.title for step in masha.place.outline.steps if masha.place.is_required(step)] == [
        "all",
        "old",
    ]


def test_a_birthday_in_the_middle_of_a_course_moves_no_number(journey, child):
    profile = child("nina", birth_year=2016, birth_month=12)
    masha = journey(*two_ages(), learner=profile.user)
    before = masha.numbers
    profile.birth_year = 2010
    profile.save()
    masha.see("all")
    assert (before, masha.numbers) == ((0, 2, 0), (1, 2, 50))
    assert masha.place.is_required(masha.place.outline.step_by_uid[masha.uid("young")])


def test_all_that_is_left_for_nobody_of_this_age_asks_for_nothing(journey, child):
    masha = journey(text_step("old", ages=FROM_TEN), learner=child("nina", birth_year=2017).user)
    masha.see("old")
    assert masha.numbers == (0, 0, None)
    assert masha.completion is None


def test_a_step_that_becomes_for_others_leaves_both_numbers(journey, child):
    masha = journey("a", "b", learner=child("nina", birth_year=2017).user)
    masha.see("a")
    masha.publish("a", text_step("b", ages=FROM_TEN))
    assert masha.numbers == (1, 1, 100)
    masha.publish("a", "b", policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)
    assert masha.numbers == (1, 1, 100), "who has finished is never asked"


def test_the_teachers_table_knows_ages(journey, child):
    lessons = (
        lesson_of([text_step("young", ages=UNDER_TEN)], title="1"),
        lesson_of([text_step("old", ages=FROM_TEN)], title="2"),
    )
    nina = child("nina", birth_year=2017).user
    masha = journey(draft=course_of(*lessons), learner=nina)
    masha.see("young")
    table = progress_table(masha.course, waiting={}, chosen=Chosen.ALL, page=1, at=NOON)
    assert table.rows[0].marks == (Mark.DONE, Mark.NOT_REQUIRED)


def test_an_outline_keeps_ages(journey):
    outline = journey(*two_ages()).place.outline
    assert outline_from_json(outline_to_json(outline)) == outline
