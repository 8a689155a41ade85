"""What an answer earns."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.rules import Grade
from tests.courses.quizzes.samples import KINDS, listed, options, question, right_response

ALL, NOTHING = Grade(100, True), Grade(0, False)


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_earns_everything(kind):
    asked = question(kind)

    assert asked.grade(right_response(asked)) == ALL


@pytest.mark.parametrize(
    ("chosen", "grade"), [(["id-2"], ALL), (["id-1"], NOTHING), (["id-3"], NOTHING)]
)
def test_one_answer_is_right_or_wrong(chosen, grade):
    assert question("single").grade({"chosen": chosen}) == grade


@pytest.mark.parametrize(("answer", "chosen"), [*product([True, False], ["true", "false"])])
def test_a_statement_is_true_or_false(answer, chosen):
    is_right = (chosen == "true") is answer

    assert question("true_false", answer=answer).grade({"chosen": [chosen]}) == (
        ALL if is_right else NOTHING
    )


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ("1", 33),
        ("12", 66),
        ("123", 100),
        ("1234", 66),
        ("124", 33),
        ("14", 0),
        ("4", 0),
        ("1243", 66),
    ],
)
def test_a_wrong_choice_among_several_costs_a_right_one(chosen, earned):
    grade = question("multiple").grade({"chosen": [f"id-{n}" for n in chosen]})

    assert grade == Grade(earned, earned == 100)


@given(st.sets(st.sampled_from(range(1, 7))), st.sets(st.sampled_from(range(1, 7)), min_size=1))
def test_several_choices_earn_within_bounds_and_all_only_for_exactly_the_right_ones(chosen, right):
    raw = options(*(f"{'+' if n in right else ''}{n}" for n in range(1, 7)))
    grade = question("multiple", options=raw).grade({"chosen": [f"id-{n}" for n in chosen]})

    assert 0 <= grade.earned <= 100
    assert grade.is_right == (grade.earned == 100) == (chosen == right)


@given(st.permutations(["id-1", "id-2", "id-4"]))
def test_several_choices_earn_the_same_in_any_order(chosen):
    assert question("multiple").grade({"chosen": chosen}).earned == 33


@pytest.mark.parametrize(("right", "earned"), [("abc", 100), ("acb", 33), ("bca", 0), ("aaa", 33)])
def test_each_right_pair_earns_its_share(right, earned):
    ids = {"a": "id-1", "b": "id-2", "c": "id-3"}
    pairs = {f"id-{n}": ids[letter] for n, letter in enumerate(right, 1)}

    assert question("match").grade({"pairs": pairs}) == Grade(earned, earned == 100)


def test_pairs_with_equal_right_sides_are_interchangeable():
    raw = [("кит", "зверь"), ("кот", "зверь"), ("ёрш", "рыба")]
    asked = question("match", pairs=listed([{"left": a, "right": b} for a, b in raw]))

    assert asked.grade({"pairs": {"id-1": "id-2", "id-2": "id-1", "id-3": "id-3"}}) == ALL


@pytest.mark.parametrize(
    ("order", "earned"), [("1234", 100), ("1243", 50), ("1342", 25), ("2143", 0), ("4321", 0)]
)
def test_each_line_in_its_place_earns_its_share(order, earned):
    grade = question("order").grade({"order": [f"id-{n}" for n in order]})

    assert grade == Grade(earned, earned == 100)


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("12.5", True),
        ("12,5", True),
        (" 12,5 м ", True),
        ("12,5м.", True),
        ("12,5.", True),
        ("+12.50", True),
        ("12,4", True),
        ("12.6", True),
        ("12.39999", False),
        ("12.6" + "0" * 50 + "1", False),
        ("-12.5", False),
        ("125", False),
    ],
)
def test_a_number_is_right_within_the_tolerance_both_ends_included(typed, is_right):
    assert question("number").grade({"typed": typed}) == (ALL if is_right else NOTHING)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", ""])
def test_spaces_between_thousands_are_no_mistake(space):
    asked = question("number", answer="1250000", tolerance="0")

    assert asked.grade({"typed": f"1{space}250{space}000,0"}) == ALL


@pytest.mark.parametrize("minus", ["-", "−", "–", "—", "- "])
def test_any_dash_is_a_minus(minus):
    assert question("number", answer="-5", tolerance="0").grade({"typed": f"{minus}5"}) == ALL


def test_a_number_of_200_digits_is_compared_exactly():
    asked = question("number", answer="1e50", tolerance="0")

    assert asked.grade({"typed": "1" + "0" * 50}) == ALL
    assert asked.grade({"typed": "1" + "0" * 50 + "," + "0" * 100 + "1"}) == NOTHING


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 10, places=3), st.integers(-20, 20))
def test_a_number_is_right_just_when_it_is_near_enough(answer, tolerance, thousandths):
    typed = answer + tolerance + thousandths * type(answer)("0.001")
    asked = question("number", answer=str(answer), tolerance=str(tolerance))

    is_right = abs(typed - answer) <= tolerance
    assert asked.grade({"typed": f"{typed:f}".replace(".", ",")}).is_right is is_right


@pytest.mark.parametrize(
    "typed",
    [
        "ежик",
        "ЁЖИК",
        "  ёжик  в   тумане ",
        "«Ёжик в тумане».",
        '"Ежик в тумане"!',
        "ё\u0301жик",
        "ёжик\u200b",
        "ёжик\u00a0в\u00a0тумане",
        "е\u0308жик",
    ],
)
def test_a_short_text_is_right_in_any_reasonable_spelling(typed):
    assert question("short_text").grade({"typed": typed}) == ALL


@pytest.mark.parametrize("typed", ["ёж", "ёжик в", "тумане в ёжик", "ежиик", "hedgehog", "...", ""])
def test_another_word_is_wrong(typed):
    assert question("short_text").grade({"typed": typed}) == NOTHING


@pytest.mark.parametrize("typed", ["кто-то", "кто–то", "кто — то", "кто‑то", "КТО−ТО"])
def test_all_dashes_are_one_dash(typed):
    assert question("short_text", answers=listed(["кто-то"])).grade({"typed": typed}) == ALL


def test_an_answer_that_is_punctuation_is_kept():
    asked = question("short_text", answers=listed(["?"]))

    assert asked.grade({"typed": "?"}) == ALL
    assert asked.grade({"typed": "!"}) == NOTHING


def test_an_empty_line_among_the_accepted_answers_accepts_nothing():
    assert question("short_text", answers=listed(["да", ""])).grade({"typed": "\u200b"}) == NOTHING


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_without_a_right_answer_nothing_is_right(kind):
    asked = question(kind, options=options("а", "б"))

    assert asked.grade({"chosen": []}) == asked.grade({"chosen": ["id-1"]}) == NOTHING


@pytest.mark.parametrize(
    ("grade", "verdict"),
    [(ALL, "right"), (NOTHING, "wrong"), (Grade(1, False), "partly"), (Grade(99, False), "partly")],
)
def test_a_verdict_has_three_words(grade, verdict):
    assert grade.verdict == verdict
