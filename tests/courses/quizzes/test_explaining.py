"""What is said about an answer: little while the attempt is open, everything afterwards."""

import json
from dataclasses import asdict

import pytest

from courses.quizzes.rules import Wording, read_quiz
from tests.courses.quizzes.samples import (
    KINDS,
    SECRET,
    VALUES,
    WRONG,
    question,
    right_response,
)


@pytest.mark.parametrize("kind", ["match", "order", "number", "short_text"])
def test_a_wrong_answer_without_options_hears_only_the_verdict(kind):
    said = question(kind).feedback(WRONG[kind])

    assert not said.grade.is_right
    assert (said.notes, said.explanation) == ((), "")


@pytest.mark.parametrize(
    ("kind", "notes"),
    [
        ("single", ["123456"]),
        ("multiple", ["адрес", "любимый цвет"]),
        ("true_false", ["true"]),
    ],
)
def test_a_wrong_choice_hears_why_of_what_was_chosen_and_of_nothing_else(kind, notes):
    said = question(kind).feedback(WRONG[kind])

    assert [note.text for note in said.notes] == notes
    assert all(note.explanation.startswith(SECRET) for note in said.notes)
    assert said.explanation == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_hears_the_explanation_of_the_question(kind):
    asked = question(kind)

    assert asked.feedback(right_response(asked)).explanation == f"{SECRET} объяснение"


def test_a_choice_without_an_explanation_gets_no_empty_note():
    asked = question("true_false", explanation_if_true="")

    assert asked.feedback({"chosen": ["true"]}).notes == ()


def test_a_review_tells_every_option_with_its_explanation():
    review = question("single").review(WRONG["single"])

    assert [(o.text, o.is_chosen, o.is_correct) for o in review.options] == [
        ("123456", True, False),
        ("Лиса-7-Гитара-Снег!", False, True),
        ("qwerty", False, False),
    ]
    assert all(o.explanation.startswith(SECRET) for o in review.options)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (
            "match",
            [
                ("фишинг", "место на фото", "обман", False),
                ("геометка", "обман", "место на фото", False),
                ("спам", "ненужная рассылка", "ненужная рассылка", True),
            ],
        ),
        (
            "order",
            [
                ("1", "сохранить", "не отвечать", False),
                ("2", "не отвечать", "сохранить", False),
                ("3", "рассказать", "рассказать", True),
                ("4", "заблокировать", "заблокировать", True),
            ],
        ),
        ("number", [("", "7", "12.5 ± 0.1 м", False)]),
        ("short_text", [("", "ёж", "Ёжик в тумане / ёжик", False)]),
    ],
)
def test_a_review_sets_what_was_said_beside_what_is_right(kind, rows):
    review = question(kind).review(WRONG[kind])

    assert [(a.text, a.given, a.answer, a.is_right) for a in review.answers] == rows
    assert review.explanation == f"{SECRET} объяснение"


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("single", ["123456"]),
        ("multiple", ["адрес", "любимый цвет"]),
        ("true_false", ["true"]),
        (
            "match",
            ["фишинг — место на фото", "геометка — обман", "спам — ненужная рассылка"],
        ),
        ("order", ["сохранить", "не отвечать", "рассказать", "заблокировать"]),
        ("number", ["7"]),
        ("short_text", ["ёж"]),
    ],
)
def test_what_was_said_is_told_back_in_words(kind, lines):
    assert list(question(kind).given(WRONG[kind])) == lines


def test_the_words_of_a_question_are_the_readers():
    russian = Wording(true="Верно", false="Неверно", decimal_mark=",")
    raw = [
        {"type": kind, "id": kind, "value": {"text": "?", **VALUES[kind]}}
        for kind in ("true_false", "number")
    ]
    statement, number = read_quiz({"questions": raw}, russian).questions

    assert [o.text for o in statement.learner_view("s").options] == ["Верно", "Неверно"]
    assert statement.given({"chosen": ["false"]}) == ("Неверно",)
    assert number.review({"typed": "7"}).answers[0].answer == "12,5 ± 0,1 м"


def test_an_exact_number_is_told_without_a_tolerance():
    asked = question("number", tolerance="0", unit="")

    assert asked.review({"typed": "7"}).answers[0].answer == "12.5"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_fits_into_json(kind):
    asked = question(kind)

    json.dumps([asdict(asked.feedback(WRONG[kind])), asdict(asked.review(WRONG[kind]))])
