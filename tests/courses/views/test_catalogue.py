"""Choosing a course: facets are links, cards say what can be done today."""

from datetime import date

import pytest

from courses.catalogue.models import Topic
from tests.courses.views.rooms import CATALOGUE, catalogue, main_of, queries_of, reader, show, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def open_page(clock):
    """``open_page("?age=6-8")``: the catalogue under these choices."""
    catalogue()
    return lambda query="", user=None: reader(user).get(CATALOGUE + query)


def titles(response) -> list[str]:
    return [title.get_text(strip=True) for title in main_of(response).select(".card__title")]


def chip(response, label: str):
    chips = main_of(response).select("a.chip")
    return next(one for one in chips if " ".join(one.get_text(" ").split()) == label)


def test_a_card_says_age_lessons_minutes_and_state_and_is_one_link(a_course, open_page) -> None:
    show(a_course("a"))
    response = open_page()
    (card,) = main_of(response).select(".card")
    text = " ".join(card.get_text(" ").split())
    assert "9–12 years" in text
    assert "1 lesson · 10 minutes" in text
    assert "Can be started now" in text
    (link,) = card.select("a")
    assert link["href"].endswith("/courses/bridges/")


def test_a_course_without_a_cover_gets_a_drawn_one(a_course, open_page) -> None:
    show(a_course("a"))
    assert main_of(open_page()).select_one(".card__cover svg.cover") is not None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"enrolment_opens_on": date(2026, 12, 1)}, "Soon: 1 December"),
        ({"enrolment_closes_on": date(2026, 12, 1)}, "Enrolment until 1 December"),
        ({"enrolment_closes_on": date(2026, 11, 20)}, "Enrolment is over"),
    ],
)
def test_a_card_says_when_enrolment_opens_or_ends(a_course, open_page, facts, sentence) -> None:
    show(a_course("a"), **facts)
    assert sentence in words(open_page())


def test_the_number_of_courses_found_is_announced(a_course, open_page) -> None:
    show(a_course("a"))
    show(a_course("b", title="Tunnels"))
    found = main_of(open_page()).select_one("[aria-live]")
    assert found.get_text(strip=True) == "2 courses"


def test_a_facet_is_a_link_that_narrows_and_then_frees_the_choice(a_course, open_page) -> None:
    show(a_course("a"))
    show(a_course("b", title="For parents"), audience="parent", age_from=None, age_to=None)
    narrowed = open_page(chip(open_page(), "for parents")["href"])
    assert titles(narrowed) == ["For parents"]
    freed = open_page(chip(narrowed, "for parents")["href"])
    assert titles(freed) == ["Bridges", "For parents"]


def test_facets_add_up_and_the_search_keeps_them(a_course, open_page) -> None:
    show(a_course("a"))
    response = open_page("?age=9-11&audience=child")
    assert titles(response) == ["Bridges"]
    assert chip(response, "9–11 years")["aria-current"] == "true"
    hidden = main_of(response).select("form.search input[type=hidden]")
    assert {one["name"]: one["value"] for one in hidden} == {"age": "9-11", "audience": "child"}


def test_a_focus_area_is_chosen_with_all_directions_below_it(a_course, open_page) -> None:
    course = a_course("a")
    direction = course.topic.add_child(name="Drawing", slug="drawing", sign="art")
    show(course, topic=direction)
    Topic.add_root(name="Sport", slug="sport", sign="sport")
    assert titles(open_page("?topic=art")) == ["Bridges"]
    assert titles(open_page("?topic=sport")) == []


def test_an_empty_choice_offers_the_nearest_age(a_course, open_page) -> None:
    show(a_course("a"))
    response = open_page("?age=15-17")
    assert "No such courses yet" in words(response)
    offer = main_of(response).select_one(".empty .button--primary")
    assert "9–11" in offer.get_text() or "12–14" in offer.get_text()
    assert titles(open_page(offer["href"])) == ["Bridges"]


def test_words_are_searched_and_nonsense_in_an_address_is_harmless(a_course, open_page) -> None:
    show(a_course("a"))
    assert titles(open_page("?q=bridges")) == titles(open_page("?q=brid")) == ["Bridges"]
    for stray in ('"*(', "AND", "bridges OR", "%00", "-", "near("):
        assert open_page(f"?q={stray}").status_code == 200
    assert titles(open_page("?q=submarine")) == []
    assert titles(open_page("?age=900&topic=%00&audience=x&now=2")) == ["Bridges"]


def test_a_child_does_not_see_a_course_marked_for_older_ones(a_course, open_page, child) -> None:
    show(a_course("a"), age_mark=12)
    assert titles(open_page(user=child("masha").user)) == []
    assert titles(open_page()) == ["Bridges"]


def test_a_page_for_everybody_sets_no_cookie(a_course, open_page) -> None:
    show(a_course("a"))
    assert not open_page().cookies


def test_many_courses_take_no_more_queries_than_one(a_course, person, clock) -> None:
    show(a_course("a"))
    one = queries_of(reader(person("anna")), CATALOGUE)
    for number in range(8):
        show(a_course("a", title=f"Course {number}"))
    assert queries_of(reader(person("anna")), CATALOGUE) <= one
