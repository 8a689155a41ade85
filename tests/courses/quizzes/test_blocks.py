"""The editor's form refuses what cannot be asked, in sentences that say how to mend it."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.foundation.blocks import COMPLETION_RULES
from courses.quizzes.blocks import QuestionStreamBlock, QuizBlock
from courses.quizzes.errors import PROBLEMS, sentence
from courses.quizzes.rules import find_problems, read_quiz
from tests.courses.quizzes.samples import KINDS, VALUES, listed, options


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def raw_question(kind, **changes):
    value = {"text": "О чём вопрос?", "points": 1, **VALUES[kind], **changes}
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def cleaned(*questions, is_draft=False, **settings):
    block = QuizBlock()
    value = block.to_python({"title": "Проверь себя", "questions": list(questions), **settings})
    return block.get_prep_value(block.clean_deferred(value) if is_draft else block.clean(value))


def refusal(*questions, **settings):
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(*questions, **settings)
    return refused.value


def sentences(error):
    """Every message of a nested block error, in the order of the form."""
    if isinstance(error, ValidationError) and not hasattr(error, "block_errors"):
        return list(error.messages)
    own = [message for one in error.non_block_errors.as_data() for message in one.messages]
    children = error.block_errors.values()
    return own + [message for child in children for message in sentences(child)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_editor_writes_is_what_the_rules_read(kind):
    stored = cleaned(raw_question(kind), attempts_allowed=3)
    quiz = read_quiz(stored)

    assert find_problems(quiz) == []
    assert [one.kind for one in quiz.questions] == [kind]
    assert quiz.attempts_allowed == 3
    assert quiz == read_quiz(QuizBlock().get_prep_value(QuizBlock().to_python(stored)))


def test_a_new_quiz_has_sensible_settings():
    stored = cleaned(raw_question("true_false"))

    del stored["questions"], stored["title"]
    assert stored == {
        "required": True,
        "weight": 1,
        "age_from": None,
        "age_to": None,
        "completion": "passed",
        "intro": "",
        "pass_percent": 60,
        "attempts_allowed": None,
        "feedback": "each",
        "shuffle": False,
    }


def test_a_quiz_without_questions_is_refused():
    assert sentences(refusal()) == ["The quiz has no questions: add at least one."]


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        (
            "single",
            {"options": options("а", "б")},
            "Question 2 has no right answer: mark an option as right.",
        ),
        (
            "single",
            {"options": options("+а", "+б")},
            "Question 2 has several right answers: leave one, or use a question of the kind "
            "“Several answers”.",
        ),
        ("single", {"options": []}, "Question 2 needs at least two options: add one."),
        (
            "multiple",
            {"options": options("+а", "А")},
            "Question 2 has two identical options: change one of them.",
        ),
        ("match", {"pairs": []}, "Question 2 needs at least two pairs: add one."),
        (
            "order",
            {"items": listed(["а"])},
            "Question 2 needs at least two lines to put in order: add one.",
        ),
        (
            "short_text",
            {"answers": []},
            "Question 2 has no accepted answer: write at least one spelling.",
        ),
    ],
)
def test_a_broken_question_is_refused_beside_its_place(kind, changes, said):
    error = refusal(raw_question("true_false"), raw_question(kind, **changes))

    beside = error.block_errors["questions"].block_errors
    assert list(beside) == [1]
    assert said in sentences(beside[1])


def test_an_empty_field_is_said_once_by_the_field_and_the_rest_at_the_same_time():
    error = refusal(raw_question("single", text="", options=options("а", "б")))

    beside = error.block_errors["questions"].block_errors[0]
    assert list(beside.block_errors) == ["text"]
    assert sentences(beside) == [
        "Question 1 has no right answer: mark an option as right.",
        "This field is required.",
    ]


@pytest.mark.parametrize("tolerance", ["-1", "-0.0001"])
def test_a_tolerance_below_zero_is_refused_by_its_field(tolerance):
    error = refusal(raw_question("number", tolerance=tolerance))

    assert list(error.block_errors["questions"].block_errors[0].block_errors) == ["tolerance"]


@pytest.mark.parametrize("settings", [{"pass_percent": 101}, {"attempts_allowed": 0}])
def test_impossible_settings_are_refused_by_their_field(settings):
    error = refusal(raw_question("true_false"), **settings)

    assert list(error.block_errors) == list(settings)


def test_a_draft_may_be_unfinished():
    stored = cleaned(raw_question("single", text="", options=[]), is_draft=True)

    assert find_problems(read_quiz(stored)) == [
        (1, "no_text"),
        (1, "too_few_options"),
        (1, "no_right_answer"),
    ]


def test_publishing_is_strict_again_after_a_draft():
    block = QuizBlock()
    empty = block.to_python({"questions": []})
    block.clean_deferred(empty)

    with pytest.raises(StructBlockValidationError):
        block.clean(empty)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_has_its_words(code):
    said = sentence(code, 3)

    assert said.endswith(".")
    assert "%" not in said


def test_every_problem_of_the_rules_has_words():
    broken = [
        {"type": kind, "id": kind, "value": {"text": "", "points": 0, "tolerance": "-1"}}
        for kind in KINDS
    ]
    raw = {"pass_percent": 101, "attempts_allowed": 0, "questions": broken}
    found = find_problems(read_quiz(raw)) + find_problems(read_quiz({}))

    assert {problem.code for problem in found} <= set(PROBLEMS)


def test_the_seven_kinds_stand_in_one_group_with_a_name_and_an_icon_each():
    kinds = QuestionStreamBlock().child_blocks

    assert sorted(kinds) == KINDS
    assert {str(block.meta.group) for block in kinds.values()} == {"Questions"}
    assert len({str(block.label) for block in kinds.values()}) == 7
    assert len({block.meta.icon for block in kinds.values()}) == 7


def test_settings_are_folded_below_the_content():
    layout = QuizBlock().meta.form_layout

    assert layout.children == ["title", "intro", "questions"]
    assert layout.settings == [
        "required",
        "completion",
        "weight",
        "age_from",
        "age_to",
        "pass_percent",
        "attempts_allowed",
        "feedback",
        "shuffle",
    ]


def test_a_quiz_is_complete_when_passed_or_answered_to_the_end():
    choices = dict(QuizBlock().child_blocks["completion"].field.choices)

    assert list(choices) == ["passed", "attempted"]
    assert set(choices) < set(COMPLETION_RULES)
