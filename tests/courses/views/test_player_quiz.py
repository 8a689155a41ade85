"""Quizzes in the player: one question or all, a result for every answer, no right answer early."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.attempts.queries import localised_quiz
from tests.courses.conftest import NOON, draft_of_steps, publish
from tests.courses.quizzes.samples import KINDS, SECRET, right_form, wrong_form
from tests.courses.views.every_kind import Learner, Screen, quiz_step

pytestmark = pytest.mark.django_db


def entered(attempt: QuizAttempt, kind: str, *, wrongly: bool = False) -> dict[str, list[str]]:
    """The fields of one question, filled in."""
    question = localised_quiz(attempt.step_version).question(f"q-{kind}")
    data = (wrong_form if wrongly else right_form)(question, attempt.seed)
    return {f"q-{kind}.{name}": values for name, values in data.items()}


def answer(screen: Screen, kind: str, *, wrongly: bool = False) -> Screen:
    return screen.press(**entered(QuizAttempt.objects.latest("pk"), kind, wrongly=wrongly))


@pytest.fixture
def teenager(a_course, a_place, child, clock):
    """``teenager(step)``: a learner of fourteen, who sees all questions at once."""

    def make(*steps) -> Learner:
        who = child("vera", birth_year=2012).user
        return Learner(a_place(a_course(*steps), who))

    return make


def test_a_child_answers_every_kind_one_by_one_and_passes(learner) -> None:
    masha = learner(quiz_step(*KINDS), "b")
    screen = masha.open("quiz").press()

    for kind in KINDS:
        assert len(screen.page.select("fieldset")) == 1
        screen = answer(screen, kind)
        assert screen.verdict == "right"
        screen = screen.press()

    assert screen.verdict == "right"
    assert len(screen.page.select(".review > li")) == len(KINDS)
    assert masha.is_done("quiz")
    assert screen.press().address == masha.address("b")


def test_an_answer_is_redirected_to_its_result_so_that_reloading_repeats_nothing(learner) -> None:
    masha = learner(quiz_step("single", "number"))
    screen = masha.open("quiz").press()
    address, data = screen.form("step-form", **screen.choice("Лиса"))

    first = masha.client.post(address, data)
    again = masha.client.post(address, data)

    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert first["Location"].endswith("?answered=q-single#result")
    assert QuizAnswer.objects.count() == 1
    result = Screen(masha, masha.client.get(first["Location"]))
    assert result.page.select_one("#result[tabindex='-1']") is not None


def test_the_first_of_two_tabs_answers_and_the_second_sees_it(learner) -> None:
    masha = learner(quiz_step("single", "number"))
    one = masha.open("quiz").press()
    other = masha.open("quiz")

    one.press(**one.choice("Лиса"))
    late = other.press(**other.choice("123456"))

    assert late.verdict == "right"
    assert "Лиса" in late.text


def test_an_older_learner_fills_in_the_whole_form(teenager) -> None:
    vera = teenager(quiz_step("single", "number", "order"))
    screen = vera.open("quiz").press()
    assert len(screen.page.select("fieldset")) == 3
    attempt = QuizAttempt.objects.get()
    all_right = {
        name: values
        for kind in ("single", "number", "order")
        for name, values in entered(attempt, kind).items()
    }

    over = screen.press(**all_right)

    assert over.verdict == "right"
    assert vera.is_done("quiz")


def test_one_answer_that_cannot_be_read_keeps_the_whole_form_as_it_was(teenager) -> None:
    vera = teenager(quiz_step("single", "number"))
    screen = vera.open("quiz").press()

    refused = screen.press(**screen.choice("Лиса"), **{"q-number.answer": "много"})

    assert refused.response.status_code == 422
    assert not QuizAnswer.objects.exists()
    checked = refused.page.select_one("[type=radio][checked]")
    typed = refused.page.select_one("[name='q-number.answer']")
    assert checked is not None
    assert typed is not None
    assert typed["value"] == "много"
    assert len(refused.page.select("[role=alert]")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_response_tells_a_right_answer_before_the_attempt_is_over(learner, kind) -> None:
    other = "number" if kind != "number" else "single"
    masha = learner(quiz_step(kind, other, hint="", attempts_allowed=2, pass_percent=100))
    screen = masha.open("quiz")
    seen = [screen, screen := screen.press(), screen := answer(screen, kind, wrongly=True)]
    seen.append(screen := screen.press())

    for one in seen:
        html = one.response.content.decode()
        assert f"{SECRET} вопроса" not in html
        assert "correct" not in html
        assert "option--right" not in html

    screen = answer(screen, other, wrongly=True).press()
    assert f"{SECRET} вопроса" not in screen.response.content.decode()  # an attempt is left
    screen = screen.press()
    screen = answer(screen, kind, wrongly=True).press()
    assert f"{SECRET} вопроса" in answer(screen, other, wrongly=True).press().text


def test_results_wait_for_the_end_where_the_editor_says_so(learner) -> None:
    masha = learner(quiz_step("single", "number", feedback="end"))

    told = answer(masha.open("quiz").press(), "single", wrongly=True)

    assert told.verdict == "noted"


def test_attempts_are_counted_and_then_the_teacher_is_offered(learner) -> None:
    masha = learner(quiz_step("single", attempts_allowed=2), "b")
    over = answer(masha.open("quiz").press(), "single", wrongly=True).press()
    assert over.verdict == "wrong"
    assert over.primary["form"] == "step-form"

    over = answer(over.press(), "single", wrongly=True).press()

    assert over.page.find("form", id="step-form") is None
    assert over.press().address == masha.address("b")
    assert not masha.is_done("quiz")


def test_a_start_that_is_no_longer_allowed_is_answered_with_a_sentence(learner) -> None:
    masha = learner(quiz_step("single", attempts_allowed=1))
    start = masha.open("quiz").form("step-form")
    answer(Screen(masha, masha.client.post(*start, follow=True)), "single", wrongly=True)

    refused = masha.client.post(*start, follow=True)

    assert refused.status_code == 200
    assert "notice" in refused.content.decode()
    assert QuizAttempt.objects.count() == 1


def test_a_session_that_ended_in_the_middle_leads_back_to_the_step(learner) -> None:
    masha = learner(quiz_step("single"))
    screen = masha.open("quiz").press()
    address, data = screen.form("step-form", **screen.choice("Лиса"))
    masha.client.logout()
    here = {"HTTP_REFERER": f"http://testserver{masha.address('quiz')}"}

    to_login = masha.client.post(address, data, **here)
    assert to_login["Location"] == f"/accounts/login/?next={masha.address('quiz')}"
    in_place = masha.client.post(
        address,
        data,
        headers={"HX-Request": "true", "HX-Current-URL": here["HTTP_REFERER"]},
    )
    assert in_place["HX-Redirect"] == to_login["Location"]

    name = masha.enrolment.learner.get_username()
    back = masha.client.post(
        to_login["Location"], {"username": name, "password": "2580"}, follow=True
    )
    assert back.request["PATH_INFO"] == masha.address("quiz")
    assert not QuizAnswer.objects.exists()
    form = Screen(masha, back).page.select_one("form[data-keep]")
    assert form is not None  # the answers wait in the browser under this name
    assert form["data-keep"] == QuizAttempt.objects.get().uid


def test_opening_the_address_of_answers_leads_to_the_step(learner) -> None:
    masha = learner(quiz_step("single"), "b")

    assert masha.client.get(masha.address("quiz", "quiz"))["Location"] == masha.address("quiz")
    nowhere = masha.client.post(masha.address("b", "quiz"), follow=True)
    assert nowhere.request["PATH_INFO"] == masha.address("quiz")


@pytest.mark.parametrize(
    "data",
    [
        {"attempt": "nobody's"},
        {"attempt": "", "question": "q-single"},
        {"attempt": "\x00"},
        {"attempt": ["mine"], "question": "unknown", "unknown.answer": "1"},
        {"attempt": ["mine"], "question": "q-single", "q-single.answer": "\x00" * 9},
        {"attempt": ["mine"], "question": "q-single", "q-single.answer": "ff" * 8},
        {"attempt": ["mine"], "question": ["q-single", "q-single"], "q-single.answer": "x"},
        {"attempt": ["mine"]},
    ],
)
def test_forged_answers_are_never_an_error_of_the_server(learner, data) -> None:
    masha = learner(quiz_step("single"))
    masha.open("quiz").press()
    if data["attempt"] == ["mine"]:
        data = {**data, "attempt": QuizAttempt.objects.get().uid}

    answered = masha.client.post(masha.address("quiz", "quiz"), data)

    assert answered.status_code in {302, 400, 404, 422}
    assert not QuizAnswer.objects.exists()


def test_an_attempt_of_somebody_else_is_not_found(learner, child, a_place) -> None:
    masha = learner(quiz_step("single"))
    petya = Learner(a_place(masha.enrolment.course, child("petya").user), Client())
    petya.open("quiz").press()
    theirs = QuizAttempt.objects.get()

    data = {"attempt": theirs.uid, "question": "q-single", **entered(theirs, "single")}

    assert masha.client.post(masha.address("quiz", "quiz"), data).status_code == 404
    assert not QuizAnswer.objects.exists()


def test_a_quiz_published_anew_does_not_disturb_an_open_attempt(learner, clock) -> None:
    masha = learner(quiz_step("single"))
    screen = masha.open("quiz").press()
    publish(masha.enrolment.course, draft_of_steps(quiz_step("number")), at=NOON)
    clock.shift(timedelta(minutes=1))

    assert answer(screen, "single").verdict == "right"


def test_in_place_the_same_page_comes_with_the_focus_on_the_question(learner) -> None:
    masha = learner(quiz_step("single"))
    masha.open("quiz").press()

    page = Screen(masha, masha.client.get(masha.address("quiz"), headers={"HX-Request": "true"}))

    assert page.page.select_one("#player #result[autofocus]") is not None
    assert page.page.select_one("#step-form[hx-select='#player'][hx-target='#player']") is not None
