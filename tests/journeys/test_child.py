"""A child's way through a course in a real browser: on a phone, and at a desk by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.attempts.models import QuizAnswer
from courses.enrolments.models import Enrolment
from courses.progress.models import Completion, Event
from tests.courses.conftest import course_of, lesson_of, text_step
from tests.courses.views.every_kind import (
    Learner,
    checklist_step,
    quiz_step,
    task_step,
    video_step,
)
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

PRIMARY = ".player__bottom .button--primary"
SCRIPT_BUDGET = 100 * 1024
FOUR_SECONDS_WATCHED = """video => new Promise(resolve => {
    video.muted = true;
    video.playbackRate = 2;
    video.addEventListener("timeupdate", () => {
        if (video.currentTime >= 4) { video.pause(); resolve(); }
    });
    video.play();
})"""


@pytest.fixture
def masha(a_course, a_place, child) -> Callable[..., Enrolment]:
    """``masha(step, …)``: the place of a child of ten on a course of these steps."""

    def make(*steps, draft=None) -> Enrolment:
        year = timezone.now().year
        learner = child("masha", birth_year=year - 10, birth_month=1).user
        return a_place(a_course(*steps, draft=draft), learner, at=timezone.now())

    return make


@pytest.fixture
def visitor(new_context, live_server) -> Callable[..., Visitor]:
    """``visitor(enrolment)``: a browser with the child signed in where the course goes on."""

    def make(enrolment: Enrolment, *, size=PHONE, by_keyboard: bool = False) -> Visitor:
        context = new_context(viewport=size, locale="ru-RU", has_touch=size is PHONE)
        someone = Visitor(context, live_server.url, by_keyboard=by_keyboard)
        someone.go(reverse("courses:resume", args=[enrolment.uid]))
        someone.sign_in("masha", "2580")
        return someone

    return make


def expect_step(page: Page, title: str) -> None:
    expect(page.locator(".player__step")).to_have_text(title)


@pytest.mark.parametrize(("size", "by_keyboard"), [(PHONE, False), (DESKTOP, True)])
def test_a_child_learns_leaves_comes_back_and_finishes(masha, visitor, size, by_keyboard) -> None:
    draft = course_of(
        lesson_of(
            [
                text_step("Пароль"),
                video_step("Видео", seconds=4),
                checklist_step("Список"),
                quiz_step("single", "order", key="Проверь себя"),
            ],
            title="Ключи",
            can_now="придумать пароль",
        ),
        lesson_of([text_step("Код")], title="Коды", can_now="сберечь код"),
    )
    place = masha(draft=draft)
    child = visitor(place, size=size, by_keyboard=by_keyboard)
    page = child.page
    expect_step(page, "Пароль")
    child.look()

    child.press(PRIMARY)
    expect_step(page, "Видео")
    page.locator("video").evaluate(FOUR_SECONDS_WATCHED)
    expect(page.locator("#rail .steps__step--done")).to_have_count(2)
    child.look()

    child.press(PRIMARY)
    expect_step(page, "Список")
    for box in page.locator("[name=item]").all():
        child.press(box)
    child.look()
    child.press(PRIMARY)
    expect_step(page, "Проверь себя")
    child.look()
    child.press(PRIMARY)
    expect(page.locator("fieldset")).to_have_count(1)
    child.press(page.get_by_label("Лиса"))
    child.look()
    child.press(PRIMARY)
    expect(page.locator("#result")).to_be_focused()
    expect(page.locator(".feedback--right")).to_be_visible()
    child.look()
    page.context.close()

    again = visitor(place, size=size, by_keyboard=by_keyboard)
    page = again.page
    expect_step(page, "Проверь себя")
    for place_of_item, text in enumerate(
        ["не отвечать", "сохранить", "рассказать", "заблокировать"], start=1
    ):
        page.locator(".order__item", has_text=text).locator("select").select_option(
            str(place_of_item)
        )
    again.look()
    again.press(PRIMARY)
    expect(page.locator(".feedback--right")).to_be_visible()
    again.press(PRIMARY)
    expect(page.locator(".review > li")).to_have_count(2)
    again.look()

    again.press(PRIMARY)
    expect(page.locator(".finish__can")).to_contain_text("придумать пароль")
    again.look()
    again.press(PRIMARY)
    expect_step(page, "Код")
    again.press(PRIMARY)
    expect(page.locator(".can")).to_contain_text("сберечь код")
    expect(page.locator(".can")).to_contain_text("придумать пароль")
    again.look()
    assert Completion.objects.get().enrolment == place


def test_what_is_watched_without_a_network_is_kept_and_sent_later(masha, visitor) -> None:
    place = masha(video_step("Видео", seconds=4), "Дальше")
    child = visitor(place)
    page, saving = child.page, child.page.locator("[data-saving]")
    page.locator("video").evaluate("video => { video.preload = 'auto'; video.load(); }")
    expect(page.locator("video")).to_have_js_property("readyState", 4)

    with child.expecting_complaints():
        page.context.set_offline(True)
        page.locator("video").evaluate(FOUR_SECONDS_WATCHED)
        expect(saving).to_contain_text("(1)")
        assert not Event.objects.exists()

        page.context.set_offline(False)
        expect(saving).not_to_contain_text("(1)")
    expect(page.locator("#rail .steps__step--done")).to_have_count(1)
    assert Event.objects.count() == 1


def test_the_recording_goes_on_where_it_stopped_with_captions_for_a_child(masha, visitor) -> None:
    place = masha(video_step("Видео"))
    child = visitor(place)
    child.page.locator("video").evaluate(FOUR_SECONDS_WATCHED)
    expect(child.page.locator("[data-watched]")).to_contain_text("10")
    child.page.reload()

    video = child.page.locator("video")
    expect(video).to_have_js_property("readyState", 4)
    assert video.evaluate("it => it.currentTime") > 3.9
    assert video.evaluate("it => it.textTracks[0].mode") == "showing"


def test_a_phrase_beside_the_film_plays_it_from_there(masha, visitor) -> None:
    place = masha(video_step("Видео"))
    page = visitor(place).page
    video = page.locator("video")
    expect(video).to_have_js_property("readyState", 4)
    page.locator("details:has([data-cues]) > summary").click()
    phrase = page.get_by_role("button", name="Возьмём четыре случайных слова")

    phrase.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".cues__now")).to_contain_text("Возьмём четыре случайных слова")
    assert video.evaluate("it => it.currentTime") >= 10


def test_an_answer_outlives_a_session_that_has_ended(masha, visitor) -> None:
    place = masha(quiz_step("single", key="Проверь себя"))
    child = visitor(place)
    page = child.page
    child.press(PRIMARY)
    page.get_by_label("Лиса").check()
    page.context.clear_cookies(name="sessionid")

    with child.expecting_complaints():
        child.press(PRIMARY)
        page.wait_for_url("**/accounts/login/**")
    child.sign_in("masha", "2580")

    expect(page.get_by_label("Лиса")).to_be_checked()
    child.press(PRIMARY)
    expect(page.locator(".feedback--right")).to_be_visible()
    assert QuizAnswer.objects.count() == 1


def test_pressing_twice_answers_once(masha, visitor) -> None:
    place = masha(quiz_step("single", "number", key="Проверь себя"))
    child = visitor(place)
    page = child.page
    child.press(PRIMARY)
    page.get_by_label("Лиса").check()

    page.locator(PRIMARY).dblclick()

    expect(page.locator("#result")).to_be_focused()
    assert QuizAnswer.objects.count() == 1


def test_an_answer_that_cannot_be_read_is_said_in_place(masha, visitor) -> None:
    child = visitor(masha(quiz_step("number", key="Проверь себя")))
    child.press(PRIMARY)
    child.page.fill("[inputmode]", "много")

    with child.expecting_complaints():
        child.press(PRIMARY)
        expect(child.page.locator("[role=alert]")).to_be_focused()

    expect(child.page.locator("[inputmode]")).to_have_value("много")
    child.look()


def test_the_sheet_of_steps_opens_and_closes_by_keyboard(masha, visitor) -> None:
    child = visitor(masha("Первый", "Второй"), by_keyboard=True)
    child.press(".player__sheet summary")
    expect(child.page.locator(".player__sheet .steps")).to_be_visible()
    child.look()

    child.page.keyboard.press("Escape")

    expect(child.page.locator(".player__sheet .steps")).not_to_be_visible()
    expect(child.page.locator(".player__sheet summary")).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 568}])
def test_no_state_of_a_task_has_a_fault(masha, visitor, size) -> None:
    child = visitor(masha(task_step("Задание"), "Дальше"), size=size)
    child.look()
    with child.expecting_complaints():
        child.press(PRIMARY)
    expect(child.page.locator("#task-error")).to_be_focused()
    child.look()
    child.page.fill("textarea", "Моё правило")
    child.press(PRIMARY)
    expect(child.page.locator(".work")).to_be_visible()
    child.look()


def test_the_scripts_of_a_lesson_page_stay_within_their_budget(masha, client) -> None:
    learner = Learner(masha(quiz_step("single", key="quiz")), client)
    scripts = learner.open("quiz").page.select("script[src]")
    paths = [finders.find(str(one["src"]).removeprefix("/static/")) for one in scripts]

    assert paths
    assert sum(Path(str(path)).stat().st_size for path in paths) <= SCRIPT_BUDGET
