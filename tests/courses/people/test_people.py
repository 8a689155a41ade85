"""Who a person is here: a child of an age, a guardian for a time, a teacher."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from hypothesis import given
from hypothesis import strategies as st

from courses.enrolments.models import Enrolment
from courses.people.api import (
    ChildProfile,
    UserNameTaken,
    WeakPin,
    age_of,
    child_of,
    children_in_care_of,
    create_child,
    end_guardianship,
    link_guardian,
    may_act_for,
    name_of,
    roles_of,
)
from courses.people.models import Guardianship
from courses.people.rules import age_in_years
from courses.submissions.queries import submissions_visible_to
from tests.courses.conftest import NOON
from tests.courses.races import at_once

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ((2016, 3), date(2026, 2, 28), 9),
        ((2016, 3), date(2026, 3, 1), 9),
        ((2016, 3), date(2026, 3, 31), 9),
        ((2016, 3), date(2026, 4, 1), 10),
        ((2016, 12), date(2026, 12, 31), 9),
        ((2016, 12), date(2027, 1, 1), 10),
        ((2016, 1), date(2026, 1, 31), 9),
        ((2016, 1), date(2026, 2, 1), 10),
    ],
)
def test_a_birthday_has_passed_when_its_month_is_over(born, on, age):
    assert age_in_years(birth_year=born[0], birth_month=born[1], on=on) == age


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_nobody_is_taken_for_older_than_they_are(born, today):
    real = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    age = age_in_years(birth_year=born.year, birth_month=born.month, on=today)
    assert real - 1 <= age <= real


def test_age_is_counted_by_the_municipalitys_calendar(child):
    masha = child("masha", birth_year=2016, birth_month=3).user
    utc_evening_moscow_midnight = NOON.replace(year=2026, month=3, day=31, hour=21)
    assert age_of(masha, at=utc_evening_moscow_midnight - timedelta(seconds=1)) == 9
    assert age_of(masha, at=utc_evening_moscow_midnight) == 10


def test_an_adult_has_no_age_here(person):
    assert age_of(person("olga"), at=NOON) is None


def make_child(pin: str = "2580", name: str = "masha") -> ChildProfile:
    return create_child(
        user_name=name, pin=pin, display_name="Masha K.", birth_year=2016, birth_month=3
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pin",
    [
        "",
        "123",
        "123456789",
        "0000",
        "77777777",
        "12a4",
        " 1234",
        "1234\n",
        "12 34",
        "-123",
        "٢٥٨٠",
    ],
)
def test_a_weak_pin_is_refused_and_no_account_is_made(pin, django_user_model):
    with pytest.raises(WeakPin):
        make_child(pin)
    assert not django_user_model.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("pin", ["1234", "0001", "12345678"])
def test_a_child_signs_in_with_a_name_and_a_pin_and_has_no_email(pin, rf):
    child = make_child(pin)
    assert authenticate(rf.get("/"), username="masha", password=pin) == child.user
    assert child.user.email == ""
    assert child.user.password != pin


@pytest.mark.django_db
def test_a_user_name_is_given_once():
    make_child()
    with pytest.raises(UserNameTaken):
        make_child()
    assert ChildProfile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_user_name_asked_for_by_many_at_once_is_given_once():
    def ask(_n: int) -> bool:
        try:
            make_child()
        except UserNameTaken:
            return False
        return True

    assert at_once(ask, 8).count(True) == 1
    assert ChildProfile.objects.count() == 1


def test_linking_twice_is_one_link(child, person):
    masha, mother = child("masha"), person("mother")
    first = link_guardian(guardian=mother, child=masha, at=NOON)
    again = link_guardian(guardian=mother, child=masha, at=NOON + HOUR)
    assert first == again
    assert again.started_at == NOON


def test_a_guardian_sees_a_child_from_the_link_to_its_end(
    child, guardian_of, a_course, a_place, person
):
    masha, petya = child("masha"), child("petya")
    mother = guardian_of(masha)
    place = a_place(a_course("a"), masha.user)
    a_place(a_course("b", title="Ships"), petya.user)

    def seen(at):
        return list(Enrolment.objects.visible_to(mother, at)), list(
            children_in_care_of(mother, at=at)
        )

    assert seen(NOON - HOUR) == ([], [])
    assert seen(NOON) == ([place], [masha])
    assert may_act_for(mother, masha.user, at=NOON)
    assert not may_act_for(mother, petya.user, at=NOON)

    end_guardianship(guardian=mother, child=masha, at=NOON + HOUR)

    assert seen(NOON + HOUR) == ([], [])
    assert not may_act_for(mother, masha.user, at=NOON + HOUR)
    assert not submissions_visible_to(mother, NOON + HOUR).exists()
    assert not roles_of(mother, at=NOON + HOUR).is_guardian
    assert Guardianship.objects.get().ended_at == NOON + HOUR, "the link stays as history"


def test_the_end_of_one_guardianship_is_not_the_end_of_another(child, guardian_of):
    masha, petya = child("masha"), child("petya")
    mother = guardian_of(masha, "mother")
    guardian_of(petya, "mother")
    father = guardian_of(masha, "father")

    end_guardianship(guardian=mother, child=masha, at=NOON + HOUR)

    assert list(children_in_care_of(mother, at=NOON + HOUR)) == [petya]
    assert list(children_in_care_of(father, at=NOON + HOUR)) == [masha]


def test_a_guardian_may_be_linked_again_after_the_end(child, guardian_of):
    masha = child("masha")
    mother = guardian_of(masha)
    end_guardianship(guardian=mother, child=masha, at=NOON + HOUR)
    link_guardian(guardian=mother, child=masha, at=NOON + 2 * HOUR)
    assert list(children_in_care_of(mother, at=NOON + 3 * HOUR)) == [masha]
    assert Guardianship.objects.count() == 2


def test_one_person_may_be_several_things(teacher, child):
    masha = child("masha")
    link_guardian(guardian=teacher.user, child=masha, at=NOON)
    roles = roles_of(teacher.user, at=NOON)
    assert (roles.is_child, roles.is_guardian, roles.is_teacher) == (False, True, True)
    assert roles_of(masha.user, at=NOON).is_child


def test_a_child_goes_by_the_shown_name_and_an_adult_by_the_full_one(child, person):
    masha, olga = child("masha"), person("olga")
    assert name_of(masha.user) == "Masha"
    assert name_of(olga) == "olga"
    olga.first_name, olga.last_name = "Ольга", "Смирнова"
    assert name_of(olga) == "Ольга Смирнова"
    assert child_of(olga) is None
