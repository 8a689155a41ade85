"""Who is given a place, when, and that it is one."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from courses.enrolments.errors import (
    CourseNotPublished,
    EnrolmentClosed,
    EnrolmentNotOpenYet,
    NotYours,
    TooYoung,
)
from courses.enrolments.models import Enrolment
from courses.enrolments.operations import enrol, withdraw
from tests.courses.conftest import NOON, draft_of_steps, publish
from tests.courses.races import at_once

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
MIDNIGHT = NOON.replace(hour=21) - DAY
"""The first moment of TODAY in Moscow, where the municipality is."""


@pytest.fixture
def masha(child):
    return child("masha").user


def ask(learner, course, *, actor=None, at=NOON) -> Enrolment:
    return enrol(learner=learner, course=course, actor=actor or learner, at=at)


def test_asking_twice_is_one_place(masha, a_course):
    course = a_course("a")
    assert ask(masha, course) == ask(masha, course, at=NOON + DAY)
    place = Enrolment.objects.get()
    assert (place.enrolled_at, place.enrolled_by, place.enrolled_revision_n) == (NOON, masha, 1)


def test_a_place_is_of_the_revision_that_was_current(masha, a_course):
    course = a_course("a")
    publish(course, draft_of_steps("a", "b"))
    assert ask(masha, course).enrolled_revision_n == 2


@pytest.mark.parametrize("edge", ["opens", "closes"])
def test_both_edges_of_the_window_are_open_days_of_the_municipality(edge, masha, a_course):
    course = a_course("a")
    field = {"opens": "enrolment_opens_on", "closes": "enrolment_closes_on"}[edge]
    setattr(course, field, TODAY)
    course.save()
    moments = {
        "opens": (MIDNIGHT - timedelta(seconds=1), MIDNIGHT, EnrolmentNotOpenYet),
        "closes": (MIDNIGHT + DAY, MIDNIGHT + DAY - timedelta(seconds=1), EnrolmentClosed),
    }
    outside, inside, refusal = moments[edge]

    with pytest.raises(refusal):
        ask(masha, course, at=outside)
    assert ask(masha, course, at=inside)


def test_a_refusal_names_the_day(masha, a_course):
    course = a_course("a")
    course.enrolment_opens_on = TODAY + DAY
    course.save()
    with override("ru"), pytest.raises(EnrolmentNotOpenYet, match="22 ноября 2026"):
        ask(masha, course)


def test_who_has_a_place_keeps_it_after_the_window_closed(masha, a_course):
    course = a_course("a")
    place = ask(masha, course)
    course.enrolment_closes_on = TODAY - DAY
    course.save()
    assert ask(masha, course) == place


@pytest.mark.parametrize(("age_mark", "is_taken"), [(6, True), (10, True), (12, False)])
def test_a_child_younger_than_the_age_mark_is_refused(age_mark, is_taken, masha, a_course):
    course = a_course("a")
    course.age_mark = age_mark
    course.save()
    if is_taken:
        assert ask(masha, course)
    else:
        with pytest.raises(TooYoung):
            ask(masha, course)


def test_an_adult_is_never_too_young(person, a_course):
    course = a_course("a")
    course.age_mark = 18
    course.save()
    assert ask(person("anna"), course)


def test_a_guardian_enrols_their_child_and_nobody_elses(child, guardian_of, a_course, person):
    masha, petya = child("masha"), child("petya")
    mother, course = guardian_of(masha), a_course("a")

    place = ask(masha.user, course, actor=mother)

    assert (place.learner, place.enrolled_by) == (masha.user, mother)
    for actor in (mother, masha.user, person("stranger"), course.teacher.user):
        with pytest.raises(NotYours):
            ask(petya.user, course, actor=actor)
    with pytest.raises(NotYours):
        ask(mother, course, actor=masha.user)


@pytest.mark.parametrize("change", [{"is_public": False}, {"current_revision": None}])
def test_a_course_that_is_not_published_takes_nobody(change, masha, a_course):
    course = a_course("a")
    for name, value in change.items():
        setattr(course, name, value)
    course.save()
    with pytest.raises(CourseNotPublished):
        ask(masha, course)


def test_a_place_given_back_is_history_and_a_new_one_begins_afresh(masha, a_course, person):
    course = a_course("a")
    first = ask(masha, course)
    with pytest.raises(NotYours):
        withdraw(enrolment=first, actor=person("stranger"), at=NOON)

    withdraw(enrolment=first, actor=masha, at=NOON + DAY)
    again = withdraw(enrolment=first, actor=masha, at=NOON + 2 * DAY)
    second = ask(masha, course, at=NOON + 3 * DAY)

    assert again.withdrawn_at == NOON + DAY
    assert second != first
    assert list(Enrolment.objects.active()) == [second]


def test_the_learner_the_guardians_and_the_teacher_see_a_place(
    child, guardian_of, a_course, a_place, person
):
    masha = child("masha")
    place = a_place(a_course("a"), masha.user)
    sees = {
        masha.user: True,
        guardian_of(masha): True,
        place.course.teacher.user: True,
        child("petya").user: False,
        guardian_of(child("sonya")): False,
        person("another teacher"): False,
    }
    for user, is_seen in sees.items():
        assert Enrolment.objects.visible_to(user, NOON).exists() is is_seen, user


@pytest.mark.django_db(transaction=True)
def test_two_tabs_enrolling_at_once_get_one_place(masha, a_course):
    course = a_course("a")
    places = at_once(lambda _tab: ask(masha, course), 12)
    assert {place.pk for place in places} == {Enrolment.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_enrolling_while_the_course_is_published_is_not_refused(child, a_course):
    course = a_course("a")
    learners = [child(f"child-{n}").user for n in range(12)]

    def act(n: int) -> int:
        if n % 2:
            return ask(learners[n], course).enrolled_revision_n
        publish(course, draft_of_steps("a", f"new {n}"))
        return 0

    numbers = at_once(act, 12)
    assert Enrolment.objects.count() == 6
    assert max(numbers) <= course.revisions.count()
