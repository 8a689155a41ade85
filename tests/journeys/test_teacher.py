"""A teacher sees who needs help, answers a work, and marks a step with a reason."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from courses.catalogue.models import Course
from courses.lessons.queries import outline_by_id
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import hand_in
from tests.courses.conftest import course_of, lesson_of, text_step
from tests.courses.views.every_kind import task_step
from tests.courses.views.rooms import see
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course(a_course, a_place, child) -> Course:
    """Twelve children on a course of three lessons; the first has handed in a work."""
    now = timezone.now()
    lessons = [lesson_of([text_step(title)], title=title) for title in ("Arches", "Cables")]
    last = lesson_of([task_step("Rule", kind="accepted")], title="A rule of one's own")
    made = a_course(draft=course_of(*lessons, last))
    places = [
        a_place(made, child(f"child-{letter}", birth_year=now.year - 10).user, at=now)
        for letter in "abcdefghijkl"
    ]
    see(places[1], "Arches", at=now)
    task = outline_by_id(made.current_revision_id).steps[-1]
    hand_in(enrolment=places[0], step=task, text="My rule", file=None, at=now)
    return made


@pytest.fixture
def olga(new_context, live_server, teacher) -> Callable[..., Visitor]:
    """``olga(size)``: the teacher, signed in, in her room."""

    def make(size: dict[str, int]) -> Visitor:
        someone = Visitor(new_context(viewport=size, locale="ru-RU"), live_server.url)
        someone.go(reverse("courses:teaching"))
        someone.sign_in("olga", "opora-test")
        return someone

    return make


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_teacher_answers_a_work_and_marks_a_step(course, olga, size) -> None:
    teacher = olga(size)
    page = teacher.page
    teacher.look()
    teacher.press(".works a")
    expect(page.locator(".work-text")).to_have_text("My rule")
    teacher.look()
    with teacher.expecting_complaints():
        teacher.press("[value=return]")
        expect(page.locator("#comment-error")).to_be_visible()
    teacher.look()
    page.fill("#comment", "Clear and short")
    teacher.press("[value=accept]")
    expect(page.locator(".notice--good")).to_be_visible()
    assert TaskSubmission.objects.get().state == TaskSubmission.State.ACCEPTED
    teacher.look()

    teacher.press("main a:has-text('Child-C'):visible")
    expect(page.locator("h1")).to_have_text("Child-C")
    page.locator(".counted-lesson summary").first.click()
    page.locator(".counted__step summary").first.click()
    teacher.look()
    page.locator(".counted__step [name=reason]").first.fill("showed it in class")
    page.locator(".counted__step [value=mark]").first.click()
    marked = page.locator(".counted__step").first
    expect(marked).to_contain_text("showed it in class")
    expect(marked.locator(".evidence--teacher")).to_be_visible()
    teacher.look()


def test_the_table_is_walked_by_arrows_and_entered_once_by_tab(course, olga) -> None:
    teacher = olga(DESKTOP)
    page = teacher.page
    teacher.go(reverse("courses:teaching_course", args=[course.public_id]))
    cells = page.locator("tbody tr td a")
    assert page.locator("td a[tabindex='0']").count() == 1
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(4)).to_be_focused()
    page.keyboard.press("Home")
    expect(cells.nth(3)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Child-B")
    assert page.url.endswith("#lesson-1")
    expect(page.locator("#lesson-1")).to_be_visible()


def test_the_table_can_be_narrowed_to_who_needs_help(course, olga) -> None:
    teacher = olga(PHONE)
    page = teacher.page
    teacher.go(reverse("courses:teaching_course", args=[course.public_id]))
    teacher.look()
    teacher.press("a.chip[href*=help]")
    expect(page.locator(".sheet-list li")).to_have_count(1)
    teacher.look()
