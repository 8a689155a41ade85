"""Pages for what went wrong help on, and the last of them leans on nothing."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.django_db
def test_a_missing_page_offers_ways_on() -> None:
    answer = Client().get("/no/such/page/")

    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text
    assert 'href="/courses/"' in answer.text
    assert 'content="noindex"' in answer.text


@pytest.mark.django_db
def test_a_stale_form_is_explained_and_can_be_opened_anew() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/accounts/login/", {"username": "anna", "password": "x"})

    assert answer.status_code == 403
    assert "Страница устарела" in answer.text
    assert 'href="/accounts/login/"' in answer.text


def test_the_page_of_our_own_error_needs_no_database_and_no_context() -> None:
    page = render_to_string("500.html")

    assert "Портал споткнулся" in page
    for name in re.findall(r'"/static/([^"]+)"', page):
        assert finders.find(name), name
    assert "<style" not in page
    assert "style=" not in page
