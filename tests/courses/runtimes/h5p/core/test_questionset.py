"""A quiz as H5P.QuestionSet and back, through other tools too."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.h5p.core import (
    CODES,
    Item,
    Library,
    LibraryName,
    Option,
    Pair,
    Quiz,
    QuizQuestion,
    filter_content,
    question_set,
    read_question_set,
)
from courses.runtimes.h5p.core.questionset_quiz import MARK, pack, unpack
from tests.courses.runtimes.h5p.core.test_packages import ANY_JSON

ID = "0c9f5a34-7a67-4a3f-9a55-3b2a8d9f1c11"
SINGLE = QuizQuestion(
    kind="single",
    id=ID,
    text="Что можно показать всем?",
    hint="Подумай о чужих",
    explanation="Адрес — никому.",
    points=3,
    options=(
        Option("o1", "Книгу", True),
        Option("o2", "Адрес <улица & дом>", False, "Нет: найдут"),
    ),
)
MULTIPLE = QuizQuestion(
    kind="multiple",
    id="q2",
    text="Что верно?",
    options=(Option("1", "А", True), Option("2", "Б", True)),
)
TRUE_FALSE = QuizQuestion(
    kind="true_false",
    id="q3",
    text="Пароль можно сказать другу?",
    options=(Option("true", "Да", False, "Нет"), Option("false", "Нет", True, "Верно, никому")),
)
MATCH = QuizQuestion(
    kind="match",
    id="q4",
    text="Соедини",
    pairs=(Pair("a", "Кот: *рыжий*", "Мяу/мур"), Pair("b", "Пёс", "Гав")),
)
ORDER = QuizQuestion(
    kind="order", id="q5", text="По порядку", items=(Item("x", "Сначала"), Item("y", "Потом"))
)
NUMBER = QuizQuestion(
    kind="number",
    id="q6",
    text="Сколько метров?",
    answer="12.5",
    tolerance="0.1",
    unit="м",
    hint="Меньше 13",
)
SHORT = QuizQuestion(
    kind="short_text", id="q7", text="Столица?", answers=("Москва", "город Москва", "1/2: *да*")
)
ALL = (SINGLE, MULTIPLE, TRUE_FALSE, MATCH, ORDER, NUMBER, SHORT)
QUIZ = Quiz(
    title="Проверка",
    questions=ALL,
    pass_percent=70,
    attempts_allowed=3,
    feedback="end",
    shuffle=True,
)


def back(quiz: Quiz, params: dict[str, Any] | None = None) -> Quiz:
    written = question_set(quiz)
    metadata = written.metadata | {"title": quiz.title, "language": quiz.language}
    read, problems = read_question_set(params or written.params, metadata)
    assert problems == ()
    return read


def without_extras(params: dict[str, Any]) -> dict[str, Any]:
    """As a tool leaves it that keeps nothing but what it shows."""
    params = copy.deepcopy(params)
    for question in params["questions"]:
        del question["metadata"]
        question["subContentId"] = ID
    return params


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.kind)
def test_every_kind_of_question_comes_back_whole(question: QuizQuestion):
    assert back(Quiz(questions=(question,))).questions == (question,)


def test_the_quiz_itself_comes_back_whole():
    assert back(QUIZ) == QUIZ
    assert back(Quiz(attempts_allowed=1)).attempts_allowed == 1


def test_the_same_quiz_gives_the_same_parameters():
    assert question_set(QUIZ) == question_set(copy.deepcopy(QUIZ))


def test_only_the_types_in_use_are_asked_for():
    names = [str(name) for name in question_set(Quiz(questions=(ORDER, TRUE_FALSE))).dependencies]

    assert names == ["H5P.QuestionSet 1.20", "H5P.DragText 1.10", "H5P.TrueFalse 1.8"]


def test_other_programs_see_the_question_and_the_right_answers():
    choice, _, true_false, match, order, number, short = question_set(QUIZ).params["questions"]

    assert choice["library"] == "H5P.MultiChoice 1.16"
    assert choice["subContentId"] == ID
    assert choice["params"]["question"] == "<p>Что можно показать всем?</p>"
    assert choice["params"]["answers"][1]["text"] == "<div>Адрес &lt;улица &amp; дом&gt;</div>"
    assert choice["params"]["behaviour"]["type"] == "single"
    assert true_false["params"]["correct"] == "false"
    assert true_false["params"]["behaviour"]["feedbackOnCorrect"] == "Верно, никому"
    assert match["params"]["textField"] == "Кот∶ ∗рыжий∗ *Мяу∕мур*\nПёс *Гав*"
    assert order["params"]["textField"] == "1. *Сначала*\n2. *Потом*"
    assert number["params"]["questions"] == ["<p>Сколько метров?</p><p>*12.5/12,5:Меньше 13* м</p>"]
    assert short["params"]["questions"] == ["<p>Столица?</p><p>*Москва/город Москва/1∕2∶ ∗да∗*</p>"]


def test_what_h5p_has_no_place_for_is_lost_only_where_a_tool_throws_it_away():
    params = without_extras(question_set(QUIZ).params)
    single, _, true_false, match, order, number, short = back(QUIZ, params).questions

    assert (single.kind, single.text, single.explanation) == (
        "single",
        SINGLE.text,
        SINGLE.explanation,
    )
    assert [(o.text, o.correct, o.explanation) for o in single.options] == [
        ("Книгу", True, ""),
        ("Адрес <улица & дом>", False, "Нет: найдут"),
    ]
    assert (single.points, single.hint) == (1, "")
    assert [option.correct for option in true_false.options] == [False, True]
    assert [(pair.left, pair.right) for pair in match.pairs] == [
        ("Кот: *рыжий*", "Мяу/мур"),
        ("Пёс", "Гав"),
    ]
    assert [item.text for item in order.items] == ["Сначала", "Потом"]
    assert (number.answer, number.unit, number.hint) == ("12.5", "м", "Меньше 13")
    assert short.answers == SHORT.answers


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def test_the_filter_of_another_server_takes_nothing_away():
    """The semantics of H5P.MultiChoice, as far as a question needs them."""
    name = LibraryName("H5P.MultiChoice", 1, 16)
    feedback = [field("tip", "text", tags=["p"]), field("chosenFeedback", "text", tags=["p"])]
    answer = [
        field("text", "text", tags=["strong"]),
        field("correct", "boolean"),
        field("tipsAndFeedback", "group", fields=feedback),
    ]
    semantics = (
        field("question", "text", tags=["strong"]),
        field("answers", "list", field=field("answer", "group", fields=answer)),
        field(
            "behaviour",
            "group",
            fields=[field("type", "select", options=[{"value": "single"}]), field("x", "text")],
        ),
        field(
            "overallFeedback",
            "group",
            fields=[
                field(
                    "overallFeedback",
                    "list",
                    field=field(
                        "r",
                        "group",
                        fields=[
                            field("from", "number"),
                            field("to", "number"),
                            field("feedback", "text"),
                        ],
                    ),
                )
            ],
        ),
    )
    choice = Library(name=name, patch=0, title="", is_runnable=True, semantics=semantics)
    whole = Library(
        name=LibraryName("H5P.QuestionSet", 1, 20),
        patch=0,
        title="",
        is_runnable=True,
        semantics=(
            field("questions", "list", field=field("q", "library", options=[str(name)])),
            field("passPercentage", "number"),
        ),
    )
    quiz = Quiz(questions=(SINGLE,))
    filtered = filter_content(whole, question_set(quiz).params, {name: choice})

    assert back(quiz, filtered.params).questions == (SINGLE,)


def test_what_was_changed_with_another_tool_counts():
    params = question_set(QUIZ).params
    params["questions"][0]["params"]["question"] = "<p>Что <em>нельзя</em> показать?</p>"
    question = back(QUIZ, params).questions[0]

    assert question.text == "Что нельзя показать?"
    assert (question.id, question.points, question.hint) == (ID, 3, "Подумай о чужих")
    assert [option.text for option in question.options] == ["Книгу", "Адрес <улица & дом>"]


def test_a_question_of_another_kind_is_left_out_and_told():
    params = {"questions": [{"library": "H5P.Essay 1.5", "params": {}}, "nonsense"]}
    quiz, problems = read_question_set(params, {})

    assert quiz.questions == ()
    assert [(p.code, p.path, p.details["library"]) for p in problems] == [
        ("question_left_out", "questions[0]", "H5P.Essay 1.5"),
        ("question_left_out", "questions[1]", ""),
    ]


@pytest.mark.parametrize(
    "params",
    [
        {"questions": ["<p>Раз *два* три *четыре*</p>"]},
        {"questions": ["<p>*a*</p>", "<p>*b*</p>"]},
        {"questions": ["<p>Без пропуска</p>"]},
        {},
    ],
)
def test_texts_with_many_gaps_are_no_question_of_a_quiz(params):
    entry = {"library": "H5P.Blanks 1.14", "params": params}

    assert read_question_set({"questions": [entry]}, {})[0].questions == ()


def test_a_foreign_question_gets_the_id_of_its_part():
    params = without_extras(question_set(Quiz(questions=(SHORT,))).params)

    assert back(Quiz(questions=(SHORT,)), params).questions[0].id == ID


@pytest.mark.parametrize(
    "text", [MARK, MARK + "###", MARK + "AAAA", "opora:2:x", "Автор: Оля", None, 5]
)
def test_a_kept_text_that_is_broken_or_anothers_is_passed_over(text):
    assert unpack(text) == {}


def test_a_kept_text_cannot_unpack_without_end():
    assert unpack(pack({"a": "x" * 3_000_000})) == {}


@given(data=ANY_JSON)
def test_a_kept_question_of_any_kind_never_breaks_the_reading(data):
    params = question_set(Quiz(questions=(SINGLE,))).params
    kept = {"question": data, "digest": data}
    params["questions"][0]["metadata"]["authorComments"] = pack(kept)

    assert back(Quiz(), params).questions[0].text == SINGLE.text


@given(
    params=ANY_JSON,
    metadata=ANY_JSON,
    kind=st.sampled_from(["MultiChoice", "TrueFalse", "Blanks", "DragText"]),
)
def test_any_content_is_read_without_an_error(params, metadata, kind):
    as_dict = {
        "questions": [{"library": f"H5P.{kind} 1.0", "params": params, "metadata": metadata}]
    }
    quiz, problems = read_question_set(as_dict, metadata if isinstance(metadata, dict) else {})

    assert {problem.code for problem in problems} <= set(CODES)
    assert len(quiz.questions) + len(problems) == 1


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30
)


@st.composite
def questions(draw: st.DrawFn) -> QuizQuestion:
    kind = draw(st.sampled_from(["single", "multiple", "match", "order", "number", "short_text"]))
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "single": lambda: {
            "options": tuple(Option(str(n), draw(LINE), n == 0, draw(LINE)) for n in range(3))
        },
        "multiple": lambda: {
            "options": tuple(Option(str(n), draw(LINE), draw(st.booleans())) for n in range(3))
        },
        "match": lambda: {"pairs": tuple(Pair(str(n), draw(LINE), draw(LINE)) for n in range(2))},
        "order": lambda: {"items": tuple(Item(str(n), draw(LINE)) for n in range(3))},
        "number": lambda: {
            "answer": str(draw(st.decimals(-999, 999, places=2))),
            "unit": draw(LINE),
            "tolerance": "0.5",
        },
        "short_text": lambda: {"answers": tuple(draw(st.lists(LINE, min_size=1, max_size=3)))},
    }
    parts = makers[kind]()
    return QuizQuestion(
        kind=kind,
        id=draw(LINE),
        text=draw(LINE),
        hint=draw(LINE),
        explanation=draw(LINE),
        points=draw(st.integers(1, 9)),
        **parts,
    )


@given(asked=st.lists(questions(), max_size=3))
def test_any_quiz_comes_back_whole_wherever_h5p_can_show_it(asked):
    quiz = Quiz(questions=tuple(asked))
    written = question_set(quiz)
    through_json = json.loads(json.dumps(written.params))
    read, problems = read_question_set(through_json, written.metadata)

    assert [p for p in problems if p.code != "question_left_out"] == []
    if not problems:
        assert read.questions == quiz.questions
