"""A visitor chooses a course, looks inside without an account, and is led to sign in."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.catalogue.models import Course
from courses.pages.models import CoursePage, LessonPage, ModulePage
from home.rules import ViewSettings
from tests.courses.conftest import course_of, lesson_of, publish, text_step
from tests.courses.pages.conftest import stream
from tests.courses.quizzes.samples import SECRET, VALUES
from tests.courses.views.rooms import CATALOGUE, address_of, show
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

LARGE_AND_BLACK = ViewSettings(scheme="black", size="3", spacing="3")


@pytest.fixture
def visitor(new_context, live_server) -> Callable[..., Visitor]:
    def make(size: dict[str, int], look: ViewSettings | None = None) -> Visitor:
        context = new_context(viewport=size, locale="ru-RU")
        if look is not None:
            cookie = {"name": "opora_view", "value": look.as_cookie(), "url": live_server.url}
            context.add_cookies([cookie])
        return Visitor(context, live_server.url)

    return make


@pytest.fixture
def shown(a_course) -> CoursePage:
    """A course open for reading, whose only lesson is a text and a quiz of every kind."""
    course = a_course(draft=course_of(lesson_of([text_step("text")], title="Arches")))
    page = show(course, is_open_reading=True)
    CoursePage.objects.filter(pk=page.pk).update(
        goals="Build\nPaint", needs_at_home="Paper", data_kept="Answers", about="<p>Bridges</p>"
    )
    questions = [
        {"type": kind, "id": kind, "value": {"text": f"Question {kind}?", **value}}
        for kind, value in VALUES.items()
    ]
    quiz = {
        "title": "Check",
        "required": True,
        "weight": 1,
        "completion": "passed",
        "intro": "",
        "pass_percent": 60,
        "attempts_allowed": None,
        "feedback": "each",
        "shuffle": False,
        "questions": questions,
    }
    module = page.add_child(instance=ModulePage(title="Module", slug="module"))
    lesson = LessonPage(
        title="Arches",
        slug="arches",
        can_now="draw an arch",
        steps=stream("text", {"type": "quiz", "id": "quiz", "value": quiz}),
    )
    lesson.translation_key = lesson_uid(course)
    module.add_child(instance=lesson)
    return page


def lesson_uid(course: Course) -> str:
    course.refresh_from_db()
    return course.current_revision.outline["modules"][0]["lessons"][0]["uid"]


@pytest.mark.parametrize(
    ("size", "look"),
    [(PHONE, None), (DESKTOP, None), (PHONE, LARGE_AND_BLACK), (DESKTOP, LARGE_AND_BLACK)],
    ids=["phone", "desk", "phone in large", "desk in large"],
)
def test_a_visitor_finds_a_course_reads_a_lesson_and_comes_to_sign_in(
    visitor, shown, size, look
) -> None:
    anna = visitor(size, look)
    page = anna.page
    anna.go(CATALOGUE)
    anna.look()
    anna.press("a.chip[href*='age=15-17']")
    expect(page.locator(".empty")).to_be_visible()
    anna.look()
    anna.press(".empty .button--primary")
    expect(page.locator(".card")).to_have_count(1)
    anna.press(".card__title a")
    anna.look()

    anna.press(".lesson a")
    expect(page.locator("h1")).to_have_text("Arches")
    expect(page.locator("main")).to_contain_text("Question order?")
    assert SECRET not in page.content()
    anna.look()

    anna.go(address_of(shown))
    anna.press(".course-action .button--primary")
    expect(page.locator("[name=username]")).to_be_visible()
    assert page.url.endswith(f"?next={address_of(shown)}")


def test_after_signing_in_the_course_begins_with_one_press(visitor, shown, child) -> None:
    year = timezone.now().year
    child("masha", birth_year=year - 10, birth_month=1)
    masha = visitor(PHONE)
    masha.go(address_of(shown))
    masha.press(".course-action .button--primary")
    masha.sign_in("masha", "2580")
    masha.look()
    masha.press(".course-action .button--primary")
    expect(masha.page.locator(".player__step")).to_have_text("text")


def test_a_lesson_of_a_course_that_is_not_open_leads_to_the_course(visitor, shown) -> None:
    CoursePage.objects.update(is_open_reading=False)
    Course.objects.update(is_open_reading=False)
    publish(shown.course, course_of(lesson_of([text_step("text")], title="Arches")))
    anna = visitor(DESKTOP)
    anna.go(f"{address_of(shown)}module/arches/")
    assert anna.page.url.endswith(address_of(shown))
    expect(anna.page.locator(".lesson a")).to_have_count(0)
