"""Teachers and organisations in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from courses.people.models import Organisation, Teacher
from home.operations import make_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    _authors, editors = make_roles()
    user = get_user_model().objects.create_user("elena")
    user.groups.add(editors)
    client.force_login(user)
    return user


def card(**fields: str) -> dict:
    blank = {"position": "", "organisation": "", "photo": "", "about": "", "user_name": ""}
    return {"name": "Olga Smirnova", **blank, **fields}


def test_a_teacher_is_added_with_the_account_they_sign_in_with(client, person):
    olga = person("olga")
    client.post(reverse("teachers:add"), card(user_name="olga"))
    assert Teacher.objects.get().user == olga


def test_a_teacher_may_have_no_account(client):
    client.post(reverse("teachers:add"), card())
    assert Teacher.objects.get().user is None


def test_nobodys_name_is_refused(client):
    answer = client.post(reverse("teachers:add"), card(user_name="nobody"))
    assert "user_name" in answer.context["form"].errors
    assert not Teacher.objects.exists()


def test_a_childs_account_is_refused(client, child):
    child("masha")
    answer = client.post(reverse("teachers:add"), card(user_name="masha"))
    assert "user_name" in answer.context["form"].errors


def test_one_account_has_one_card(client, teacher):
    answer = client.post(reverse("teachers:add"), card(name="Other", user_name="olga"))
    assert "user_name" in answer.context["form"].errors


def test_a_card_is_edited_and_keeps_its_account(client, teacher):
    address = reverse("teachers:edit", args=[teacher.pk])
    assert client.get(address).context["form"].initial["user_name"] == "olga"
    client.post(address, card(name="Olga V. Smirnova", user_name="olga"))
    teacher.refresh_from_db()
    assert (teacher.name, teacher.user.username) == ("Olga V. Smirnova", "olga")


def test_an_organisation_is_added(client):
    client.post(
        reverse("organisations:add"),
        {"name": "Centre “Mayak”", "short_name": "Mayak", "settlement": "Town"},
    )
    assert Organisation.objects.get().short_name == "Mayak"


@pytest.mark.parametrize(
    ("chooser", "typed", "found"),
    [("choose_teacher", "ol", "Olga Smirnova"), ("choose_organisation", "ma", "Mayak")],
)
def test_a_course_chooses_from_a_window_with_search(client, teacher, chooser, typed, found):
    Organisation.objects.create(name="Centre", short_name="Mayak")
    assert client.get(reverse(f"{chooser}:choose")).status_code == 200
    results = client.get(reverse(f"{chooser}:choose_results"), {"q": typed})
    assert found in results.content.decode()


def test_an_author_writes_pages_but_keeps_no_records(client, editor):
    authors, _editors = make_roles()
    editor.groups.set([authors])
    for name in ("teachers", "organisations", "topics"):
        assert client.get(reverse(f"{name}:index")).status_code == 302
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
