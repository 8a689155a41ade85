"""Demo accounts have well-known passwords: production does not start with them."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from cms import celery
from cms.checks import demo_is_for_demonstrations, refuse_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings: Any) -> Any:
    settings.OPORA_PRODUCTION = True
    settings.OPORA_DEMO = False
    return settings


@pytest.fixture
def demo_child() -> Any:
    return get_user_model().objects.create_user("child", password="1234", is_demo=True)


def test_production_refuses_to_start_with_demo_accounts(production: Any, demo_child: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="1 demo accounts"):
        refuse_demo_accounts()


def test_a_celery_worker_refuses_too(production: Any, demo_child: Any) -> None:
    with pytest.raises(ImproperlyConfigured):
        celery.refuse_unsafe_start()


def test_production_starts_with_real_accounts(production: Any) -> None:
    get_user_model().objects.create_user("anna", password="a-long-password")

    refuse_demo_accounts()


def test_the_demonstration_starts_with_demo_accounts(demo_child: Any) -> None:
    refuse_demo_accounts()


def test_closed_demo_accounts_no_longer_stop_production(production: Any, demo_child: Any) -> None:
    call_command("close_demo_accounts", verbosity=0)

    refuse_demo_accounts()
    demo_child.refresh_from_db()
    assert not demo_child.is_active
    assert not demo_child.check_password("1234")


def test_demo_mode_with_production_settings_is_an_error_of_the_check(production: Any) -> None:
    production.OPORA_DEMO = True

    assert [error.id for error in demo_is_for_demonstrations(None)] == ["opora_site.E001"]


def test_production_settings_without_demo_mode_pass_the_check(production: Any) -> None:
    assert demo_is_for_demonstrations(None) == []
