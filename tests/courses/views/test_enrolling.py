"""Taking a place with one button: the learner goes on, the guardian comes to the child."""

from datetime import date

import pytest
from django.urls import reverse

from courses.enrolments.models import Enrolment
from courses.people.api import end_guardianship
from tests.courses.conftest import NOON
from tests.courses.views.rooms import address_of, reader, show, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def course(a_course):
    return a_course("a")


@pytest.fixture
def page(course):
    return show(course)


def press(user, course, **data):
    address = reverse("courses:enrol", args=[course.public_id])
    return reader(user).post(address, data)


def test_a_child_enrols_and_lands_on_the_first_step(course, page, child) -> None:
    masha = child("masha").user
    response = press(masha, course)
    place = Enrolment.objects.get(learner=masha)
    assert response["Location"] == reverse("courses:resume", args=[place.uid])


def test_pressing_twice_gives_one_place(course, page, child) -> None:
    masha = child("masha").user
    assert press(masha, course)["Location"] == press(masha, course)["Location"]
    assert Enrolment.objects.filter(learner=masha).count() == 1


def test_a_guardian_enrols_a_child_and_comes_to_its_page(course, page, child, guardian_of) -> None:
    masha = child("masha")
    mother = guardian_of(masha)
    response = press(mother, course, child=masha.uid)
    place = Enrolment.objects.get(learner=masha.user)
    assert place.enrolled_by == mother
    assert response["Location"] == reverse("courses:child", args=[masha.uid])


def test_another_familys_child_is_not_found(course, page, child, guardian_of) -> None:
    masha, petya = child("masha"), child("petya")
    assert press(guardian_of(masha), course, child=petya.uid).status_code == 404
    assert not Enrolment.objects.exists()


def test_a_former_guardian_enrols_nobody(course, page, child, guardian_of) -> None:
    masha = child("masha")
    mother = guardian_of(masha)
    end_guardianship(guardian=mother, child=masha, at=NOON)
    assert press(mother, course, child=masha.uid).status_code == 404
    assert not Enrolment.objects.exists()


def test_a_refusal_is_a_sentence_on_the_page_of_the_course(a_course, child) -> None:
    page = show(a_course("a"), enrolment_closes_on=date(2026, 11, 20))
    masha = child("masha").user
    client = reader(masha)
    address = reverse("courses:enrol", args=[page.course.public_id])
    response = client.post(address, follow=True)
    assert response.redirect_chain == [(address_of(page), 302)]
    assert "Enrolment was open until" in words(response)
    assert not Enrolment.objects.exists()


def test_a_visitor_signs_in_first_and_comes_back_to_the_course(course, page) -> None:
    address = reverse("courses:enrol", args=[course.public_id])
    came_from = f"http://testserver{address_of(page)}"
    response = reader().post(address, headers={"referer": came_from})
    assert response["Location"] == f"{reverse('login')}?next={address_of(page)}"


def test_the_address_itself_leads_to_the_course(course, page, person) -> None:
    address = reverse("courses:enrol", args=[course.public_id])
    assert reader(person("anna")).get(address)["Location"] == address_of(page)


def test_an_unknown_course_is_not_found(person) -> None:
    address = reverse("courses:enrol", args=["0123456789abcdef"])
    assert reader(person("anna")).post(address).status_code == 404
