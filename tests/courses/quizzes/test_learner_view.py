"""What a page may know before the attempt is finished."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.courses.quizzes.samples import KINDS, SECRET, listed, options, question

SEED = "0123456789abcdef"
seeds = st.text(st.characters(codec="ascii"), min_size=1, max_size=64)


def shown(asked, seed=SEED, **how):
    return json.dumps(asdict(asked.learner_view(seed, **how)), ensure_ascii=False)


def tokens(asked, seed=SEED):
    view = asked.learner_view(seed)
    return [o.token for o in view.options] + [row.name for row in view.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_gets_no_explanation_and_no_key(kind):
    page = shown(question(kind))

    assert SECRET not in page
    assert "correct" not in page
    assert "id-" not in page
    assert SEED not in page


@given(seeds)
def test_marking_another_option_as_right_changes_nothing_on_the_page(seed):
    for kind in ("single", "multiple"):
        one = question(kind, options=options("+а", "б", "в"))
        other = question(kind, options=options("а", "б", "+в"))

        for shuffle in (False, True):
            assert shown(one, seed, shuffle=shuffle) == shown(other, seed, shuffle=shuffle)


def test_the_two_answers_to_a_statement_look_alike_whichever_is_right():
    assert shown(question("true_false", answer=True)) == shown(question("true_false", answer=False))


@pytest.mark.parametrize("changes", [{"answer": "7"}, {"tolerance": "3"}])
def test_a_number_question_shows_neither_answer_nor_tolerance(changes):
    assert shown(question("number", **changes)) == shown(question("number"))


def test_a_short_text_question_shows_no_accepted_answer():
    assert shown(question("short_text", answers=listed(["да"]))) == shown(question("short_text"))


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "match"])
def test_tokens_belong_to_one_attempt(kind):
    assert set(tokens(question(kind), "one")).isdisjoint(tokens(question(kind), "two"))


def test_tokens_belong_to_one_question():
    asked = question("single")

    assert set(tokens(asked)).isdisjoint(tokens(replace(asked, id="another")))


def test_the_two_sides_of_a_pair_have_unrelated_tokens():
    view = question("match").learner_view(SEED)
    lefts = {row.name.removeprefix("match-") for row in view.rows}

    assert len(lefts) == len(view.options) == 3
    assert lefts.isdisjoint(option.token for option in view.options)


def test_options_stand_in_the_authors_order_unless_shuffled():
    asked = question("single", options=options("+1", "2", "3", "4", "5", "6"))
    as_written = ["1", "2", "3", "4", "5", "6"]

    assert [o.text for o in asked.learner_view(SEED).options] == as_written
    orders = {
        tuple(o.text for o in asked.learner_view(f"seed {n}", shuffle=True).options)
        for n in range(20)
    }
    assert len(orders) > 10
    assert all(sorted(order) == as_written for order in orders)


@given(seeds)
def test_the_same_attempt_shows_the_same_order_again(seed):
    for kind in KINDS:
        assert shown(question(kind), seed, shuffle=True) == shown(
            question(kind), seed, shuffle=True
        )


@given(seeds, st.integers(3, 8), st.booleans())
def test_lines_to_order_and_right_sides_never_stand_in_the_right_order(seed, size, shuffle):
    texts = [f"строка {n}" for n in range(size)]
    order = question("order", items=listed(texts)).learner_view(seed, shuffle=shuffle)
    pairs = listed([{"left": f"слева {text}", "right": text} for text in texts])
    match = question("match", pairs=pairs).learner_view(seed, shuffle=shuffle)

    assert [row.text for row in order.rows] != texts
    assert sorted(row.text for row in order.rows) == texts
    assert [f"слева {o.text}" for o in match.options] != [row.text for row in match.rows]
    assert sorted(o.text for o in match.options) == texts


@pytest.mark.parametrize("kind", ["match", "order"])
def test_every_attempt_arranges_in_an_order_of_its_own(kind):
    texts = listed([f"строка {n}" for n in range(6)])
    pairs = listed([{"left": one["value"], "right": f"к {one['value']}"} for one in texts])
    asked = question(kind, items=texts, pairs=pairs)
    views = [asked.learner_view(f"seed {n}") for n in range(20)]

    shuffled = [v.options if kind == "match" else v.rows for v in views]
    assert len({tuple(one.text for one in shown) for shown in shuffled}) > 15


def test_two_lines_stand_now_this_way_now_that_so_the_order_tells_nothing():
    asked = question("order", items=listed(["первая", "вторая"]))

    assert len({asked.learner_view(f"seed {n}").rows[0].text for n in range(20)}) == 2


def test_a_right_side_shared_by_several_lines_is_offered_once():
    pairs = [("кит", "зверь"), ("кот", "зверь"), ("ёрш", "рыба")]
    asked = question("match", pairs=listed([{"left": a, "right": b} for a, b in pairs]))
    view = asked.learner_view(SEED)

    assert sorted(o.text for o in view.options) == ["зверь", "рыба"]
    assert [row.text for row in view.rows] == ["кит", "кот", "ёрш"]


def test_a_hint_and_a_unit_are_shown():
    view = question("number").learner_view(SEED)

    assert (view.hint, view.unit) == ("Подумай", "м")
