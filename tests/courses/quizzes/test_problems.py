"""What keeps a quiz from being published."""

import pytest

from courses.quizzes.rules import find_problems, read_quiz
from tests.courses.quizzes.samples import KINDS, VALUES, listed, options, whole_quiz


def quiz_with(kind, **changes):
    value = {"text": "О чём вопрос?", "points": 1, **VALUES[kind], **changes}
    return read_quiz({"questions": [{"type": kind, "id": "q", "value": value}]})


def test_a_whole_quiz_has_no_problems():
    assert find_problems(whole_quiz()) == []


def test_a_quiz_without_questions_is_named_as_a_whole():
    assert find_problems(read_quiz({})) == [(0, "no_questions")]


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("single", {"options": options("а", "б")}, "no_right_answer"),
        ("single", {"options": options("+а", "+б", "в")}, "many_right_answers"),
        ("single", {"options": options("+а")}, "too_few_options"),
        ("single", {"options": options("+а", " А ")}, "duplicate_options"),
        ("single", {"options": options("+а", "  ")}, "empty_option"),
        ("single", {"options": options("+а", "", " ")}, "empty_option"),
        ("multiple", {"options": options("а", "б")}, "no_right_answer"),
        ("multiple", {"options": options("+а", "б", "б")}, "duplicate_options"),
        ("match", {"pairs": listed([{"left": "а", "right": "б"}])}, "too_few_pairs"),
        (
            "match",
            {"pairs": listed([{"left": "а", "right": ""}, {"left": "в", "right": "г"}])},
            "empty_pair",
        ),
        (
            "match",
            {"pairs": listed([{"left": "а", "right": "1"}, {"left": "А", "right": "2"}])},
            "duplicate_options",
        ),
        (
            "match",
            {"pairs": listed([{"left": "а", "right": "1"}, {"left": "б", "right": "1"}])},
            "one_right_side",
        ),
        ("order", {"items": listed(["а"])}, "too_few_items"),
        ("order", {"items": listed(["а", "а", "б"])}, "duplicate_options"),
        ("order", {"items": listed(["а", ""])}, "empty_option"),
        ("number", {"answer": "двенадцать"}, "not_a_number"),
        ("number", {"answer": "NaN"}, "not_a_number"),
        ("number", {"tolerance": "чуть-чуть"}, "not_a_number"),
        ("number", {"tolerance": "-0.1"}, "negative_tolerance"),
        ("short_text", {"answers": []}, "no_accepted_answers"),
        ("short_text", {"answers": listed([" ", ""])}, "no_accepted_answers"),
        *[(kind, {"text": " "}, "no_text") for kind in KINDS],
        *[(kind, {"points": 0}, "bad_points") for kind in KINDS],
    ],
)
def test_a_broken_question_is_named_with_its_fault(kind, changes, code):
    assert find_problems(quiz_with(kind, **changes)) == [(1, code)]


@pytest.mark.parametrize(("percent", "is_problem"), [(-1, 1), (0, 0), (100, 0), (101, 1)])
def test_a_pass_mark_is_a_percentage(percent, is_problem):
    raw = {"type": "true_false", "id": "q", "value": {"text": "Верно?", "answer": True}}
    quiz = read_quiz({"pass_percent": percent, "questions": [raw]})

    assert find_problems(quiz) == [(0, "bad_pass_percent")] * is_problem


def test_an_attempt_at_least_is_allowed():
    raw = {"type": "true_false", "id": "q", "value": {"text": "Верно?", "answer": True}}
    quiz = read_quiz({"attempts_allowed": 0, "questions": [raw]})

    assert find_problems(quiz) == [(0, "bad_attempts_allowed")]


def test_all_problems_are_told_at_once():
    raw = [
        {"type": "single", "id": "1", "value": {"text": "", "options": options("а", "а")}},
        {"type": "short_text", "id": "2", "value": {"text": "?", "answers": []}},
    ]

    assert find_problems(read_quiz({"questions": raw})) == [
        (1, "no_text"),
        (1, "duplicate_options"),
        (1, "no_right_answer"),
        (2, "no_accepted_answers"),
    ]


def test_several_left_sides_may_share_a_right_one():
    pairs = [("кит", "зверь"), ("кот", "зверь"), ("ёрш", "рыба")]
    raw = listed([{"left": left, "right": right} for left, right in pairs])

    assert find_problems(quiz_with("match", pairs=raw)) == []
