"""Guessing of passwords is stopped, and a neighbour at the same address is not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.sign_in import client_address

SIGN_IN = "/accounts/login/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def masha() -> Any:
    return get_user_model().objects.create_user("masha", password="right-2026")


def sign_in(password: str, *, username: str = "masha") -> Any:
    return Client().post(SIGN_IN, {"username": username, "password": password})


def test_the_fifth_wrong_password_locks_the_account_with_a_sentence_in_russian(masha: Any) -> None:
    answers = [sign_in("wrong") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "registration/locked.html" in [template.name for template in answers[-1].templates]
    assert "15" in answers[-1].text


def test_the_right_password_does_not_open_a_locked_account(masha: Any) -> None:
    for _ in range(5):
        sign_in("wrong")

    assert sign_in("right-2026").status_code == 429


def test_a_lock_ends_after_fifteen_minutes(masha: Any) -> None:
    for _ in range(5):
        sign_in("wrong")

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in("right-2026").status_code == 302


def test_a_classmate_at_the_same_address_is_not_locked_out(masha: Any) -> None:
    get_user_model().objects.create_user("petya", password="right-2026")
    for _ in range(5):
        sign_in("wrong")

    assert sign_in("right-2026", username="petya").status_code == 302


def test_a_success_forgets_earlier_mistakes(masha: Any) -> None:
    for _ in range(4):
        sign_in("wrong")
    sign_in("right-2026")

    assert [sign_in("wrong").status_code for _ in range(4)] == [200, 200, 200, 200]


@pytest.mark.parametrize(("behind_proxy", "address"), [(False, "10.0.0.1"), (True, "203.0.113.7")])
def test_a_forwarded_address_counts_only_behind_our_own_proxy(
    settings: Any, behind_proxy: bool, address: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7"
    )

    assert client_address(request) == address
