"""The test database itself: what it promises to the other tests."""

import pytest
from wagtail.models import Locale, Page

from cms.users.models import User


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_transactional_tests_start_from_what_migrations_left(turn: str) -> None:
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.get().language_code == "ru"
    assert not User.objects.exists()

    User.objects.create(username="left-behind")
    Page.objects.all().delete()


@pytest.mark.django_db
def test_the_wagtail_root_is_there_after_transactional_tests_too() -> None:
    assert Page.objects.filter(depth=1).exists()
    assert not User.objects.exists()
