"""A child and H5P content in a step of a lesson, on the real second origin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FrameLocator, expect

from courses.progress.models import Completion
from courses.runtimes.h5p.models import H5PState
from courses.runtimes.launches.models import Attempt
from tests.courses.runtimes.h5p.conftest import administrator, bring
from tests.courses.views.packages import package_step
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

__all__ = ["administrator", "bring"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def masha(
    bring, a_course, a_place, child, new_context, live_server, content_origin
) -> Callable[..., Visitor]:
    """``masha()``: a child of ten where her course goes on, at a step with a question."""
    step = package_step(bring().package, "Мосты")
    account = child("masha", birth_year=timezone.now().year - 10, birth_month=1).user
    place = a_place(a_course(step), account, at=timezone.now())

    def make(*, size: Any = DESKTOP, by_keyboard: bool = False) -> Visitor:
        context = new_context(viewport=size, locale="ru-RU", has_touch=size is PHONE)
        someone = Visitor(context, live_server.url, by_keyboard=by_keyboard)
        someone.go(reverse("courses:resume", args=[place.uid]))
        someone.sign_in("masha", "2580")
        return someone

    return make


def content_of(visitor: Visitor) -> FrameLocator:
    return visitor.page.frame_locator("#frame")


def forget_fonts(visitor: Visitor) -> None:
    """The server of the tests sends static files without the header that WhiteNoise sets."""
    about_fonts = ("Access to font at", "net::ERR_FAILED")
    left = [one for one in visitor.complaints if not any(sign in one for sign in about_fonts)]
    visitor.complaints[:] = left


def heard_by_the_server(visitor: Visitor, found: Callable[[], Any]) -> Any:
    """What ``found`` returns as soon as it is something."""
    for _turn in range(100):
        if value := found():
            return value
        visitor.page.wait_for_timeout(50)
    raise AssertionError("It has not happened.")


def test_by_touch_she_answers_and_the_step_is_done_on_the_same_page(masha) -> None:
    girl = masha(size=PHONE)
    content = content_of(girl)

    content.get_by_text("Arch").tap()
    content.get_by_role("button", name="Check").tap()

    expect(girl.page.locator("#frame-state")).to_contain_text("1)")
    attempt = Attempt.objects.get()
    assert (attempt.completed, attempt.passed, attempt.earned) == (True, True, 100)
    assert Completion.objects.count() == 1
    forget_fonts(girl)
    girl.look()


def test_she_leaves_in_the_middle_and_finds_her_answer_again(masha) -> None:
    girl = masha()
    content_of(girl).get_by_label("Arch").check()
    address = girl.page.url

    girl.go(reverse("courses:my"))
    heard_by_the_server(girl, H5PState.objects.first)
    girl.page.goto(address)

    expect(content_of(girl).get_by_label("Arch")).to_be_checked()
    assert Attempt.objects.get().finished_at is None


def test_by_keyboard_she_gets_in_answers_and_gets_out(masha) -> None:
    girl = masha(by_keyboard=True)
    content, keys = content_of(girl), girl.page.keyboard
    expect(content.get_by_label("Ford")).to_be_visible()

    girl.page.locator("a[href='#after-frame']").focus()
    keys.press("Tab")
    expect(content.get_by_label("Ford")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Enter")
    heard_by_the_server(girl, lambda: Attempt.objects.filter(earned=100).first())
    for _press in range(6):
        if girl.page.evaluate("document.activeElement.id !== 'frame'"):
            break
        keys.press("Tab")

    assert girl.page.evaluate("document.activeElement !== document.body")
    assert girl.page.evaluate("document.activeElement.id !== 'frame'")


def test_she_may_skip_the_content_by_keyboard(masha) -> None:
    girl = masha(by_keyboard=True)
    expect(content_of(girl).get_by_label("Ford")).to_be_visible()

    girl.page.locator("a[href='#after-frame']").focus()
    girl.page.keyboard.press("Enter")

    expect(girl.page.locator("#after-frame")).to_be_focused()


def test_once_more_from_the_beginning_is_a_second_attempt_with_nothing_in_it(masha) -> None:
    girl = masha()
    content_of(girl).get_by_label("Ford").check()
    content_of(girl).get_by_role("button", name="Check").click()
    expect(girl.page.locator("#frame-state")).to_contain_text("1)")

    girl.page.locator("button[form='again-form']").click()

    expect(content_of(girl).get_by_label("Ford")).to_be_visible()
    expect(content_of(girl).get_by_label("Ford")).not_to_be_checked()
    content_of(girl).get_by_label("Arch").check()
    content_of(girl).get_by_role("button", name="Check").click()
    expect(girl.page.locator("#frame-state")).to_contain_text("2)")
    assert list(Attempt.objects.values_list("number", "earned")) == [(1, 0), (2, 100)]


def test_the_frame_is_as_tall_as_its_content(masha) -> None:
    girl = masha()
    expect(content_of(girl).get_by_label("Ford")).to_be_visible()

    height = "document.querySelector('#frame').getBoundingClientRect().height"
    inside = content_of(girl).locator(".h5p-content").evaluate("it => it.scrollHeight")
    heard_by_the_server(girl, lambda: abs(girl.page.evaluate(height) - inside) < 20)
