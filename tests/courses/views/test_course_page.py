"""A course in front of each reader: one button by state, the programme, the counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from courses.pages.models import CoursePage
from courses.people.api import Organisation
from tests.courses.conftest import (
    NOON,
    course_of,
    draft_of_steps,
    lesson_of,
    publish,
    text_step,
)
from tests.courses.views.every_kind import later_lesson
from tests.courses.views.rooms import (
    address_of,
    main_of,
    queries_of,
    reader,
    see,
    show,
    soup,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BUDGET = 4


def button(response):
    """The one main button of the page."""
    (found,) = main_of(response).select(".course-action .button--primary")
    return found


def course_of_lessons(*titles: str):
    return course_of(*(lesson_of([text_step(title)], title=title) for title in titles))


def test_a_visitor_is_led_to_sign_in_and_back(a_course) -> None:
    page = show(a_course("a"))
    link = button(reader().get(address_of(page)))
    assert link.get_text(strip=True) == "Start"
    assert link["href"] == f"{reverse('login')}?next={address_of(page)}"


def test_the_page_for_visitors_carries_no_token_and_no_cookie(a_course) -> None:
    response = reader().get(address_of(show(a_course("a"))))
    assert b"csrfmiddlewaretoken" not in response.content
    assert not response.cookies


def test_it_says_promise_age_time_teacher_and_organisation(a_course) -> None:
    lighthouse = Organisation.objects.create(name="The Lighthouse centre", short_name="Lighthouse")
    page = show(a_course("a"), organisation=lighthouse)
    text = words(reader().get(address_of(page)))
    for said in (
        "You will build a bridge",
        "9–12 years",
        "6+",
        "2 academic hours",
        "Olga Smirnova",
        "Lighthouse",
    ):
        assert said in text


def test_goals_and_the_box_for_parents_are_shown(a_course) -> None:
    page = show(a_course("a"))
    CoursePage.objects.filter(pk=page.pk).update(
        goals="Build\nPaint", needs_at_home="Paper", data_kept="Answers"
    )
    text = words(reader().get(address_of(page)))
    assert "Build Paint" in text
    assert "What is needed at home Paper" in text
    assert "What data is kept Answers" in text


def test_who_can_begin_gets_a_form_with_one_button(a_course, child) -> None:
    course = a_course("a")
    response = reader(child("masha").user).get(address_of(show(course)))
    form = button(response).find_parent("form")
    assert form["action"] == reverse("courses:enrol", args=[course.public_id])
    assert form["method"] == "post"


def test_a_learner_goes_on_with_the_lesson_that_waits(a_course, a_place) -> None:
    course = a_course(draft=course_of_lessons("One", "Two", "Three"))
    place = a_place(course)
    see(place, "One")
    response = reader(place.learner).get(address_of(show(course)))
    assert button(response).get_text(strip=True) == "Continue: lesson 2"
    assert button(response)["href"] == reverse("courses:resume", args=[place.uid])


def test_counts_come_first_and_the_share_can_be_asked_why(a_course, a_place) -> None:
    course = a_course(draft=course_of_lessons("One", "Two", "Three"))
    place = a_place(course)
    see(place, "One")
    response = reader(place.learner).get(address_of(show(course)))
    progress = main_of(response).select_one(".progress")
    assert " ".join(progress.get_text(" ").split()).startswith("1 of 3 lessons done 33")
    why = progress.select_one("a")
    assert why["href"] == reverse("courses:why", args=[place.uid])


def test_lessons_say_their_state_and_a_closed_one_says_when_it_opens(a_course, a_place) -> None:
    one, two = lesson_of([text_step("a")], title="One"), lesson_of([text_step("b")], title="Two")
    course = a_course(draft=course_of(one, two, later_lesson()))
    place = a_place(course)
    see(place, "a")
    response = reader(place.learner).get(address_of(show(course)))
    rows = [" ".join(row.get_text(" ").split()) for row in main_of(response).select(".lesson")]
    assert rows[0].endswith("done")
    assert rows[1].endswith("not started")
    assert "Opens on 30 November" in rows[2]
    assert rows[2].endswith("closed")
    closed = main_of(response).select(".lesson")[2]
    assert closed.select("a") == []


def test_who_has_finished_is_led_to_the_completion(a_course, a_place) -> None:
    course = a_course("a")
    place = a_place(course)
    see(place, "a")
    link = button(reader(place.learner).get(address_of(show(course))))
    assert link["href"] == reverse("courses:finished", args=[place.uid])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"enrolment_opens_on": date(2026, 12, 1)}, "Enrolment opens on 1 December."),
        ({"enrolment_closes_on": date(2026, 11, 20)}, "Enrolment ended on 20 November."),
        ({"age_mark": 12}, "This course is marked 12+."),
    ],
)
def test_what_cannot_be_begun_says_why_and_has_no_button(a_course, child, facts, sentence) -> None:
    page = show(a_course("a"), **facts)
    response = reader(child("masha").user).get(address_of(page))
    assert sentence in words(response)
    assert main_of(response).select(".course-action .button--primary") == []


def test_a_guardian_enrols_each_child_or_sees_that_it_is_there(
    a_course, a_place, child, guardian_of
) -> None:
    course = a_course("a")
    masha, petya = child("masha"), child("petya")
    mother = guardian_of(masha)
    guardian_of(petya, mother.username)
    a_place(course, petya.user)
    response = reader(mother).get(address_of(show(course)))
    offer = button(response)
    assert (offer["name"], offer["value"]) == ("child", masha.uid)
    assert "Masha" in offer.get_text()
    there = main_of(response).select_one(".course-children a")
    assert there["href"] == reverse("courses:child", args=[petya.uid])


def test_what_every_reader_sees_alike_is_kept_and_renewed_by_publishing(
    a_course, person, django_capture_on_commit_callbacks
) -> None:
    course = a_course("a")
    page = show(course)
    anna = reader(person("anna"))
    anna.get(address_of(page))
    CoursePage.objects.filter(pk=page.pk).update(promise="Behind the back")
    assert "You will build a bridge" in words(anna.get(address_of(page)))
    page.promise = "New words"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "New words" in words(anna.get(address_of(page)))
    publish(course, draft_of_steps("a", "b", "c"))
    assert "Behind the back" not in words(anna.get(address_of(page)))


def test_a_draft_is_previewed_without_a_button_and_is_not_kept(a_course) -> None:
    page = show(a_course("a"))
    page.promise = "Only a draft"
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    response.render()
    assert "Only a draft" in words(response)
    assert soup(response).select(".course-action .button") == []
    assert "Only a draft" not in words(reader().get(address_of(page)))


def test_a_preview_shows_the_draft_also_when_the_page_was_read_before(a_course, person) -> None:
    page = show(a_course("a"), about="<p>Published</p>")
    reader(person("anna")).get(address_of(page))
    page.about = "<p>Only a draft</p>"
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    response.render()
    assert "Only a draft" in words(response)


def test_a_teachers_new_name_shows_at_once(
    a_course, person, django_capture_on_commit_callbacks
) -> None:
    page = show(a_course("a"))
    anna = reader(person("anna"))
    assert "Olga Smirnova" in words(anna.get(address_of(page)))
    with django_capture_on_commit_callbacks(execute=True):
        page.teacher.name = "Olga Petrova"
        page.teacher.save()
    assert "Olga Petrova" in words(anna.get(address_of(page)))


def test_a_course_that_was_never_published_says_so(a_course) -> None:
    course = a_course("a")
    course.current_revision = None
    course.save()
    assert "are being prepared" in words(reader().get(address_of(show(course))))


def test_a_page_below_a_closed_one_is_closed_too(a_course, person) -> None:
    page = show(a_course("a"))
    catalogue = Page.objects.get(pk=page.get_parent().pk)
    PageViewRestriction.objects.create(page=catalogue, restriction_type="login")
    assert reader().get(address_of(page)).status_code == 302
    assert reader(person("anna")).get(address_of(page)).status_code == 200


def test_the_copy_of_a_closed_page_is_closed_too(a_course, person) -> None:
    page = show(a_course("a"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    alias = page.create_alias(update_slug="copy")
    assert reader().get(address_of(alias)).status_code == 302


def test_a_learners_page_keeps_its_budget_whatever_the_course_and_the_class(
    a_course, a_place, child
) -> None:
    lessons = [
        lesson_of([text_step(f"{n}-{k}") for k in range(5)], title=f"Lesson {n}") for n in range(40)
    ]
    course = a_course(draft=course_of(*lessons))
    place = a_place(course)
    for number in range(30):
        a_place(course, child(f"child-{number}").user)
    for step in range(5):
        see(place, f"0-{step}")
    page = show(course)
    assert queries_of(reader(place.learner), address_of(page)) <= BUDGET


def test_an_old_moment_of_opening_does_not_lock_a_lesson(a_course, a_place) -> None:
    course = a_course(draft=course_of(later_lesson(at=NOON - timedelta(days=1))))
    response = reader(a_place(course).learner).get(address_of(show(course)))
    assert main_of(response).select(".lesson--locked") == []
