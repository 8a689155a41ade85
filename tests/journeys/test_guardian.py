"""A guardian reads about one child, enrols the other, and learns herself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from courses.enrolments.models import Enrolment
from courses.people.api import link_guardian
from tests.courses.conftest import course_of, lesson_of, text_step
from tests.courses.views.rooms import address_of, see, show
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(a_course, a_place, child, person) -> Callable[[], None]:
    """Anna with Masha, who has learned something this week, and Petya, who has not begun."""
    now = timezone.now()
    children = [child(name, birth_year=now.year - 10, birth_month=1) for name in ("masha", "petya")]
    anna = person("anna")
    for one in children:
        link_guardian(guardian=anna, child=one, at=now - timedelta(days=30))
    lessons = [
        lesson_of([text_step(title)], title=title, can_now=f"build {title.lower()}")
        for title in ("Arches", "Cables", "Towers")
    ]
    bridges = a_course(draft=course_of(*lessons))
    place = a_place(bridges, children[0].user, at=now - timedelta(days=20))
    see(place, "Arches", at=now - timedelta(hours=2))
    a_place(a_course("p", title="For parents"), anna, at=now)
    return show(bridges)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_guardian_reads_enrols_and_learns(family, new_context, live_server, size) -> None:
    anna = Visitor(new_context(viewport=size, locale="ru-RU"), live_server.url)
    page = anna.page
    anna.go(reverse("courses:family"))
    anna.sign_in("anna", "opora-test")
    expect(page.locator("main .card__title")).to_have_text(["Masha", "Petya", "For parents"])
    anna.look()

    anna.press("main .card__title a")
    expect(page.locator(".week")).to_contain_text("build arches")
    expect(page.locator(".ask__question")).to_contain_text("Where is the nearest bridge?")
    anna.look()
    anna.press(".family-course .progress a")
    expect(page.locator(".counted-lesson")).to_have_count(3)
    page.locator(".counted-lesson summary").first.click()
    expect(page.locator(".evidence--seen").last).to_be_visible()
    anna.look()

    anna.go(address_of(family))
    expect(page.locator(".course-children a")).to_contain_text("Masha")
    anna.look()
    anna.press(".course-children .button--primary")
    expect(page.locator("h1")).to_have_text("Petya")
    expect(page.locator(".notice--good")).to_be_visible()
    expect(page.locator(".family-course")).to_have_count(1)
    anna.look()
    assert Enrolment.objects.get(learner__username="petya").enrolled_by.username == "anna"

    anna.press(".own-courses .card__title a")
    expect(page.locator(".player__step")).to_have_text("p")


def test_what_a_link_to_another_familys_child_shows(family, child, new_context, live_server):
    stranger = child("stranger")
    anna = Visitor(new_context(viewport=PHONE, locale="ru-RU"), live_server.url)
    anna.go(reverse("courses:my"))
    anna.sign_in("anna", "opora-test")
    anna.look()
    with anna.expecting_complaints():
        anna.go(reverse("courses:child", args=[stranger.uid]))
        expect(anna.page.locator("main")).not_to_contain_text("Stranger")
