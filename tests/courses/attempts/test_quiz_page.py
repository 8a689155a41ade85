"""What a page of a quiz may show: right answers are in none before the end."""

import json
from dataclasses import asdict

import pytest

from courses.attempts.queries import quiz_page
from courses.lessons.models import StepVersion
from courses.progress.operations import reset
from tests.courses.attempts.conftest import QUIZ, draft_of_quiz
from tests.courses.conftest import NOON
from tests.courses.quizzes.samples import KINDS, SECRET

pytestmark = pytest.mark.django_db


def shown(page):
    """Everything that a template could print, but for the row of the attempt."""
    texts = [asdict(one) for one in (*page.waiting, *page.answered)]
    return json.dumps(texts, ensure_ascii=False)


def test_before_the_start_a_page_knows_how_much_is_asked_and_nothing_else(place):
    page = place("single", "number", attempts_allowed=3).page

    assert (page.attempt, page.waiting, page.answered, page.score) == (None, (), (), None)
    assert (page.total, page.pass_percent, page.attempts_left, page.may_start) == (2, 60, 3, True)
    assert not page.is_open
    assert not page.is_finished
    assert page.question is None
    assert page.number is None


def test_an_open_attempt_asks_the_first_question_without_an_answer(place):
    masha = place("single", "number", "order", attempts_allowed=3)
    attempt = masha.start()
    masha.answer(attempt, "single")

    page = masha.page

    assert page.is_open
    assert page.question.id == "q-number"
    assert (page.number, page.total) == (2, 3)
    assert [one.id for one in page.waiting] == ["q-number", "q-order"]
    assert (page.attempts_left, page.may_start, page.score) == (2, False, None)


def test_a_page_opened_again_shows_the_same_tokens(place):
    masha = place(*KINDS)
    masha.start()

    assert masha.page == masha.page


@pytest.mark.parametrize("kind", KINDS)
def test_after_each_answer_the_verdict_is_told_where_the_editor_wished_so(place, kind):
    masha = place(kind, "true_false" if kind != "true_false" else "single", feedback="each")
    attempt = masha.start()
    masha.answer(attempt, kind, wrongly=True)

    said = masha.page.answered_to(f"q-{kind}")

    assert said.feedback.grade.verdict in ("wrong", "partly")
    assert said.given
    assert said.review is None


@pytest.mark.parametrize("kind", KINDS)
def test_at_the_end_means_only_that_the_answer_is_saved_until_then(place, kind):
    masha = place(kind, "true_false" if kind != "true_false" else "single", feedback="end")
    attempt = masha.start()
    masha.answer(attempt, kind)

    (said,) = masha.page.answered

    assert (said.feedback, said.review) == (None, None)
    assert said.given


@pytest.mark.parametrize("feedback", ["each", "end"])
def test_right_answers_are_in_no_response_before_the_end(place, feedback):
    masha = place(*KINDS, feedback=feedback)
    masha.start()
    for kind in KINDS:
        page = masha.page
        assert all(one.review is None for one in page.answered)
        assert "is_correct" not in shown(page)
        assert page.attempt.seed not in shown(page)
        if feedback == "end":
            assert SECRET not in shown(page)
        assert "копии и правда остаются" not in shown(page)
        assert f"{SECRET} объяснение" not in shown(page)
        assert "ежик" not in shown(page).replace("ё", "е").lower()
        mouse = {"answer": ["мышь"]} if kind == "short_text" else None
        masha.answer(page.attempt, kind, mouse, wrongly=True)


def test_a_failed_attempt_with_more_to_come_tells_verdicts_but_no_right_answers(place):
    masha = place("single", "number", feedback="end", attempts_allowed=2)
    masha.try_all(wrongly=True)

    page = masha.page

    assert page.is_finished
    assert (page.attempts_left, page.may_start) == (1, True)
    assert [one.feedback.grade.is_right for one in page.answered] == [False, False]
    assert [one.review for one in page.answered] == [None, None]
    assert (page.score.percent, page.attempt.passed) == (0, False)


def test_a_failed_attempt_of_any_number_tells_no_right_answers(place):
    masha = place("single")
    masha.try_all(wrongly=True)

    assert masha.page.attempts_left is None
    assert masha.page.may_start
    assert masha.page.answered[0].review is None


@pytest.mark.parametrize(("wrongly", "allowed"), [(False, None), (False, 3), (True, 1)])
def test_who_passed_or_has_no_attempts_left_sees_every_right_answer(place, wrongly, allowed):
    masha = place(*KINDS, attempts_allowed=allowed)
    masha.try_all(wrongly=wrongly)

    page = masha.page

    assert len(page.answered) == len(KINDS)
    for said in page.answered:
        right = [o.text for o in said.review.options if o.is_correct]
        assert right or [a.answer for a in said.review.answers]
    assert page.score.percent == 100 or wrongly


def test_another_attempt_after_a_passed_one_keeps_quiet_while_it_is_open(place):
    masha = place("single", "number")
    masha.try_all()
    again = masha.start()
    masha.answer(again, "single")

    page = masha.page

    assert page.attempt == again
    assert page.is_open
    assert page.answered[0].review is None


def test_a_page_shows_the_attempts_own_version(place):
    masha = place("single")
    masha.start()
    masha.publish(draft_of_quiz("number", "order"))

    assert masha.page.question.kind == "single"
    assert masha.page.total == 1


def test_a_reset_shows_a_quiz_that_was_never_begun(place, teacher):
    masha = place("single", attempts_allowed=1)
    masha.try_all(wrongly=True)
    reset(enrolment=masha.enrolment, step_uid=QUIZ, reason="ещё раз", actor=teacher.user, at=NOON)

    assert (masha.page.attempt, masha.page.attempts_left) == (None, 1)


def test_the_two_answers_to_a_statement_and_the_decimal_mark_are_the_readers(place):
    masha = place("true_false", "number")
    masha.start()
    assert [o.text for o in masha.page.question.options] == ["True", "False"]

    masha.try_all()

    assert masha.page.answered[0].given == ("False",)
    assert masha.page.answered[1].review.answers[0].answer == "12.5 ± 0.1 м"


@pytest.mark.parametrize("kinds", [("single",), tuple(KINDS)])
def test_a_page_costs_two_queries_however_much_is_asked(place, kinds, django_assert_num_queries):
    masha = place(*kinds)
    masha.try_all(wrongly=True)
    masha.try_all()
    current = masha.now
    step = current.outline.step_by_uid[QUIZ]
    version = StepVersion.objects.get(pk=step.version)

    with django_assert_num_queries(2):
        quiz_page(place=current, step=step, version=version)
