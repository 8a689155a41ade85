"""The accounts of the demonstration."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from courses.people.api import ChildProfile, Teacher, create_child, link_guardian
from home.demo.accounts import secret_of
from home.demo.content import contents

CARE_BEGAN = timedelta(days=90)


def open_accounts(*, at: datetime, editors: str) -> Mapping[str, Any]:
    """Everybody's account by user name, with guardianships begun some time before ``at``.

    ``editors`` names the group of the editor.
    """
    people = contents("people")["people"]
    accounts = {
        person["login"]: _open_account(person) for person in people if person["role"] != "child"
    }
    accounts["editor"].groups.add(Group.objects.get(name=editors))
    for person in people:
        if person["role"] == "child":
            child = _open_child_account(person)
            accounts[person["login"]] = child.user
            for guardian in person.get("guardians", ()):
                link_guardian(guardian=accounts[guardian], child=child, at=at - CARE_BEGAN)
    get_user_model().objects.filter(username__in=accounts).update(is_demo=True)
    return accounts


def _open_account(person: Mapping[str, Any]) -> Any:
    first_name, _space, last_name = person["name"].rpartition(" ")
    account = get_user_model().objects.create_user(
        person["login"],
        password=secret_of(person["role"]),
        first_name=first_name,
        last_name=last_name,
        is_superuser=person["role"] == "admin",
    )
    if person["role"] == "teacher":
        Teacher.objects.filter(name=person["name"]).update(user=account)
    return account


def _open_child_account(person: Mapping[str, Any]) -> ChildProfile:
    return create_child(
        user_name=person["login"],
        pin=secret_of("child"),
        display_name=person["name"],
        birth_year=person["birth_year"],
        birth_month=person["birth_month"],
    )
