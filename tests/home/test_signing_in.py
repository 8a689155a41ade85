"""Signing in: clear, safe, and everyone comes to their own room."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.courses.conftest import child, guardian_of, person, teacher

__all__ = ["child", "guardian_of", "person", "teacher"]

SIGN_IN = "/accounts/login/"
PASSWORD = "opora-test"
pytestmark = pytest.mark.django_db


def sign_in(name: str, secret: str = PASSWORD, **fields: str):
    return Client().post(SIGN_IN, {"username": name, "password": secret, **fields})


def test_a_child_comes_home_with_a_pin(child) -> None:
    masha = child("masha")

    assert sign_in(masha.user.username, "2580").url == "/my/"


def test_a_guardian_comes_to_the_family(child, guardian_of) -> None:
    mother = guardian_of(child("masha"))

    assert sign_in(mother.username).url == "/family/"


def test_a_teacher_comes_to_the_group_even_with_a_key_to_the_admin(teacher) -> None:
    teacher.user.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert sign_in(teacher.user.username).url == "/teaching/"


def test_an_editor_comes_to_the_admin(person) -> None:
    editor = person("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert sign_in("editor").url == "/admin/"


def test_the_page_that_asked_for_signing_in_is_returned_to(person) -> None:
    person("anna")

    assert sign_in("anna", next="/courses/").url == "/courses/"


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/my/", SIGN_IN])
def test_another_site_or_this_very_form_is_not(person, next_: str) -> None:
    person("anna")

    assert sign_in("anna", next=next_).url == "/my/"


def test_whoever_is_signed_in_is_sent_on_without_a_circle(person, client: Client) -> None:
    client.force_login(person("anna"))

    answer = client.get(SIGN_IN, {"next": SIGN_IN})

    assert (answer.status_code, answer.url) == (302, "/my/")


def test_editors_sign_in_where_everybody_does(person, client: Client) -> None:
    editor = person("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert client.get("/admin/pages/").url == f"{SIGN_IN}?next=/admin/pages/"
    assert client.get("/admin/login/?next=/admin/pages/").url == f"{SIGN_IN}?next=/admin/pages/"
    assert sign_in("editor", next="/admin/pages/").url == "/admin/pages/"


def test_the_admin_has_no_form_of_its_own_to_guess_passwords_in(person) -> None:
    person("anna")

    answer = Client().post("/admin/login/", {"username": "anna", "password": PASSWORD})

    assert answer.url == SIGN_IN
    assert "sessionid" not in answer.cookies


def test_who_may_not_enter_the_admin_is_told_so_at_home_without_a_circle(
    person, client: Client
) -> None:
    person("anna")
    client.post(SIGN_IN, {"username": "anna", "password": PASSWORD})

    answer = client.get("/admin/", follow=True)

    assert [address for address, _status in answer.redirect_chain] == [
        f"{SIGN_IN}?next=/admin/",
        "/my/",
    ]
    assert 'role="status"' in answer.text


def test_a_mistake_is_told_in_words_and_the_name_is_kept(person) -> None:
    person("anna")

    page = sign_in("anna", "wrong").text

    assert "Имя и пароль не подходят друг к другу" in page
    assert 'value="anna"' in page
    assert "wrong" not in page


def test_empty_fields_say_what_to_write(client: Client) -> None:
    page = client.post(SIGN_IN, {"username": "", "password": ""}).text

    assert "Напишите имя для входа." in page
    assert "Напишите пароль или ПИН-код." in page
    assert page.count('aria-invalid="true"') == 2


def test_password_managers_and_pasting_are_welcome(client: Client) -> None:
    page = client.get(SIGN_IN).text

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_signing_out_is_a_form_and_leads_to_the_front(person, client: Client) -> None:
    client.force_login(person("anna"))

    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == "/"
    assert get_user_model().objects.filter(username="anna").exists()
    assert client.get("/accounts/").url.startswith(SIGN_IN)
