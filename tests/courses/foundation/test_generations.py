"""The name under which everything is kept that is the same for every reader."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import RequestFactory

from courses.foundation.generations import GENERATION, begin_generation, generation_of


def generation() -> str:
    """What a new request finds."""
    return generation_of(RequestFactory().get("/"))


def test_all_requests_share_a_generation_while_nothing_changes() -> None:
    assert generation() == generation()


def test_a_request_keeps_the_generation_that_it_began_with() -> None:
    request = RequestFactory().get("/")
    before = generation_of(request)
    cache.set(GENERATION, "another")
    assert generation_of(request) == before
    assert generation() == "another"


@pytest.mark.django_db(transaction=True)
def test_a_change_begins_a_generation_once_it_is_written() -> None:
    before = generation()
    with transaction.atomic():
        begin_generation()
        assert generation() == before
    assert generation() != before


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_rolled_back_begins_none() -> None:
    before = generation()
    with transaction.atomic():
        begin_generation()
        transaction.set_rollback(True)
    assert generation() == before


def test_a_lost_generation_is_another_one_and_never_an_old_one() -> None:
    before = generation()
    cache.delete(GENERATION)
    assert generation() != before
