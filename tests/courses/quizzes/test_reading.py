"""From the raw value of a quiz block to a quiz."""

from decimal import Decimal

import pytest

from courses.quizzes.rules import read_quiz
from tests.courses.quizzes.samples import KINDS, listed, options, question, whole_quiz


def test_a_quiz_keeps_its_settings_and_the_order_of_questions():
    quiz = whole_quiz()

    assert (quiz.pass_percent, quiz.attempts_allowed, quiz.feedback, quiz.shuffle) == (
        70,
        3,
        "each",
        False,
    )
    assert [one.kind for one in quiz.questions] == KINDS
    assert quiz.possible == 700


def test_what_an_old_version_does_not_say_has_the_editors_defaults():
    quiz = read_quiz({})

    assert quiz == read_quiz({"pass_percent": None, "attempts_allowed": None, "questions": None})
    assert (quiz.pass_percent, quiz.attempts_allowed, quiz.feedback, quiz.shuffle) == (
        60,
        None,
        "each",
        False,
    )


def test_missing_and_repeated_ids_are_made_from_the_place():
    bare = [{"type": "item", "value": {"text": text, "correct": False}} for text in "абв"]
    bare[1]["id"] = bare[2]["id"] = "twice"

    assert [o.id for o in question("single", options=bare).options] == [
        "place-1",
        "twice",
        "twice-place-3",
    ]


def test_questions_without_ids_are_named_by_their_place():
    raw = {"type": "short_text", "value": {"text": "?", "answers": listed(["да"])}}

    assert [one.id for one in read_quiz({"questions": [raw, raw]}).questions] == [
        "place-1",
        "place-2",
    ]


def test_a_kind_that_is_not_known_is_an_error_not_a_lost_question():
    with pytest.raises(ValueError, match="hologram"):
        read_quiz({"questions": [{"type": "hologram", "value": {}, "id": "1"}]})


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("12.50", Decimal("12.50")),
        (3, Decimal(3)),
        (0.1, Decimal("0.1")),
        ("1E+2", Decimal(100)),
        ("NaN", None),
        ("Infinity", None),
        ("1e400000", None),
        ("много", None),
        ("", None),
        (None, None),
    ],
)
def test_the_right_number_is_read_exactly_or_not_at_all(stored, read):
    assert question("number", answer=stored).answer == read


def test_no_tolerance_is_none_at_all():
    assert question("number", tolerance=None).tolerance == 0


@pytest.mark.parametrize("correct", ["false", 1, None, "on"])
def test_only_a_true_mark_makes_an_option_right(correct):
    raw = options("один", "два")
    raw[0]["value"]["correct"] = correct

    assert not question("single", options=raw).correct_ids
