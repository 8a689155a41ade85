"""The share of an unfinished learner falls for one reason only, and the page says it (R7)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from courses.lessons.rules import AddedPolicy
from courses.progress.rules import AddedSteps

pytestmark = pytest.mark.django_db

TWO_WEEKS = timedelta(days=14)
FOR_ALL = AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED


def test_the_reason_is_told_for_14_days(journey):
    masha = journey("a", "b")
    masha.see("a")
    published_at = masha.publish("a", "b", "c", policy=FOR_ALL)

    almost = published_at + TWO_WEEKS - timedelta(seconds=1)
    assert masha.place.added_lately(almost) == AddedSteps(1, published_at)
    assert masha.place.added_lately(published_at + TWO_WEEKS) is None


@pytest.mark.parametrize("policy", [AddedPolicy.OPTIONAL_FOR_ACTIVE, AddedPolicy.REQUIRED_FOR_NEW])
def test_a_policy_that_lowers_no_share_needs_no_reason(journey, policy):
    masha = journey("a", "b")
    masha.see("a")
    published_at = masha.publish("a", "b", "c", policy=policy)
    assert masha.place.added_lately(published_at) is None


def test_who_has_finished_is_told_nothing(journey):
    masha = journey("a")
    masha.see("a")
    published_at = masha.publish("a", "b", policy=FOR_ALL)
    assert masha.place.added_lately(published_at) is None


def test_who_came_later_knows_no_other_course(journey, a_place, child):
    masha = journey("a")
    published_at = masha.publish("a", "b", policy=FOR_ALL)
    course = masha.enrolment.course
    course.refresh_from_db()
    petya = journey("z", learner=child("petya").user)
    petya.enrolment = a_place(course, petya.enrolment.learner, at=published_at)
    assert petya.place.added_lately(published_at) is None


def test_the_learners_home_says_why_the_share_fell(journey):
    masha = journey("a", "b")
    masha.see("a")
    published_at = masha.publish("a", "b", "c", "d", policy=FOR_ALL)
    browser = Client()

    with time_machine.travel(published_at + timedelta(days=1)):
        browser.force_login(masha.enrolment.learner)
        page = browser.get("/my/").content.decode()

    assert "поэтому доля стала меньше" in page
