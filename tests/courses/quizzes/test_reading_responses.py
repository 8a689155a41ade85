"""From a submitted form to a response in the question's own ids."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.rules import BadResponse
from tests.courses.quizzes.samples import KINDS, form, question, right_response

SEED = "секрет попытки"
OTHER_SEED = "секрет другой попытки"


def refusal(asked, data):
    with pytest.raises(BadResponse) as refused:
        asked.read_response(SEED, data)
    return refused.value.code


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_page_is_read_back(kind):
    asked = question(kind)

    read = asked.read_response(SEED, form(asked, right_response(asked), SEED))

    assert read == right_response(asked)
    assert json.loads(json.dumps(read)) == read
    assert asked.grade(read).is_right


@pytest.mark.parametrize("shuffle", [False, True])
@given(st.text(st.characters(codec="ascii"), min_size=1, max_size=32))
def test_every_token_shown_is_understood(shuffle, seed):
    for kind in ("single", "multiple", "true_false"):
        asked = question(kind)
        for option in asked.learner_view(seed, shuffle=shuffle).options:
            (chosen,) = asked.read_response(seed, {"answer": [option.token]})["chosen"]
            assert option.text in (o.text for o in asked.options if o.id == chosen)
    for kind in ("match", "order"):
        asked = question(kind)
        view = asked.learner_view(seed, shuffle=shuffle)
        data = {row.name: [o.token] for row, o in zip(view.rows, view.options, strict=True)}
        asked.grade(asked.read_response(seed, data))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [{}, {"answer": []}, {"answer": [""]}, {"answers": ["1"]}])
def test_nothing_chosen_is_nothing_answered(kind, data):
    assert refusal(question(kind), data) == "empty"


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "match"])
def test_tokens_of_another_attempt_are_unknown(kind):
    asked = question(kind)
    data = form(asked, right_response(asked), OTHER_SEED)

    assert refusal(asked, data) in ("unknown_option", "empty")


@pytest.mark.parametrize("value", ["id-1", "true", "0", "' OR 1=1 --", "é", "🦊" * 9])
def test_real_ids_and_inventions_are_unknown_options(value):
    for kind in ("single", "multiple", "true_false"):
        assert refusal(question(kind), {"answer": [value]}) == "unknown_option"


@pytest.mark.parametrize("kind", ["single", "true_false", "number", "short_text"])
def test_two_answers_where_one_is_asked_are_refused(kind):
    assert refusal(question(kind), {"answer": ["1", "2"]}) == "one_answer_only"


def test_the_same_option_twice_counts_once():
    asked = question("multiple")
    token = asked.token(SEED, "id-2")

    assert asked.read_response(SEED, {"answer": [token, token, ""]}) == {"chosen": ["id-2"]}


@given(st.permutations(["id-1", "id-2", "id-3", "id-4"]))
def test_the_order_of_several_choices_makes_no_difference(chosen):
    asked = question("multiple")

    assert asked.read_response(SEED, form(asked, {"chosen": chosen}, SEED)) == {
        "chosen": ["id-1", "id-2", "id-3", "id-4"]
    }


@pytest.mark.parametrize("kind", ["match", "order"])
def test_a_line_left_open_makes_the_answer_incomplete(kind):
    asked = question(kind)
    data = form(asked, right_response(asked), SEED)
    data[next(iter(data))] = [""]

    assert refusal(asked, data) == "incomplete"


def test_a_left_side_is_no_answer_to_a_match():
    asked = question("match")
    data = form(asked, right_response(asked), SEED)
    left = next(iter(data))
    data[left] = [left.removeprefix("match-")]

    assert refusal(asked, data) == "unknown_option"


def test_two_lines_cannot_take_one_place():
    asked = question("order")
    data = form(asked, right_response(asked), SEED)
    first, second, *_ = data
    data[second] = data[first]

    assert refusal(asked, data) == "repeated_position"


@pytest.mark.parametrize("place", ["0", "5", "-1", "1.0", "٣", "one", "9" * 1_000_000])
def test_a_place_outside_the_list_is_unknown(place):
    asked = question("order")
    data = form(asked, right_response(asked), SEED)
    data[next(iter(data))] = [place]

    assert refusal(asked, data) == "unknown_option"


@pytest.mark.parametrize("kind", ["number", "short_text"])
@pytest.mark.parametrize("length", [201, 1_000_000])
def test_an_answer_longer_than_200_characters_is_too_long(kind, length):
    assert refusal(question(kind), {"answer": ["9" * length]}) == "too_long"


def test_200_characters_are_read():
    assert question("short_text").read_response(SEED, {"answer": ["й" * 200]})
    assert question("number").read_response(SEED, {"answer": ["9" * 200]})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "value", [["\0"], ["12\0"], ["\ud800"], [["1"]], [1], [None], "12", 12, {"1": 2}, True]
)
def test_what_no_form_sends_is_unreadable_never_a_crash(kind, value):
    asked = question(kind)
    names = form(asked, right_response(asked), SEED)

    assert refusal(asked, dict.fromkeys(names, value)) == "unreadable"


@pytest.mark.parametrize(
    "typed",
    ["NaN", "Infinity", "-inf", "1e5", "0x10", "1/2", "двенадцать", "1 2", "1,2,3", "12 км", "²"],
)
def test_what_is_no_number_is_asked_again_not_graded(typed):
    assert refusal(question("number"), {"answer": [typed]}) == "not_a_number"


@given(
    st.dictionaries(
        st.sampled_from(["answer", "match-1", "order-1", "x"]), st.lists(st.text(max_size=250))
    )
)
def test_any_form_is_read_or_refused(data):
    for kind in KINDS:
        asked = question(kind)
        try:
            response = asked.read_response(SEED, data)
        except BadResponse:
            continue
        assert 0 <= asked.grade(response).earned <= 100
