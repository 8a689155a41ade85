"""What content reports, read as questions with answers and scores."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.h5p.core import CODES, InteractionKind, LibraryName, Results, read_results
from courses.runtimes.h5p.core.readable import seconds
from courses.runtimes.h5p.core.scores import Score, read_score

CHOICE = LibraryName("H5P.MultiChoice", 1, 16)
CONTENT = "https://portal.example/h5p/7"


def statement(
    verb: str = "answered",
    library: str = "H5P.MultiChoice-1.16",
    definition: dict[str, Any] | None = None,
    result: dict[str, Any] | None = None,
    **context: Any,
) -> dict[str, Any]:
    category = [{"id": f"http://h5p.org/libraries/{library}", "objectType": "Activity"}]
    return {
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": CONTENT, "objectType": "Activity", "definition": definition or {}},
        "context": {"contextActivities": {"category": category, **context}},
        "result": result or {},
    }


def read(data: Any, main: LibraryName | None = CHOICE) -> Results:
    results = read_results(data, main=main)
    assert {problem.code for problem in results.problems} <= set(CODES)
    return results


def question(definition: dict[str, Any], response: str, library: str = "H5P.MultiChoice-1.16"):
    return read(
        statement(definition=definition, result={"response": response}, library=library), None
    ).root


def named(*texts: str, language: str = "en-US") -> list[dict[str, Any]]:
    return [{"id": str(n), "description": {language: text}} for n, text in enumerate(texts)]


def test_a_choice_is_read_in_words():
    asked = {
        "interactionType": "choice",
        "description": {"en-US": "<p>Что <b>можно</b>&nbsp;показать?</p>\n"},
        "choices": named("<div>Книгу</div>", "Адрес", "Цвет"),
        "correctResponsesPattern": ["0[,]2"],
    }
    found = question(asked, "0[,]1")

    assert found.kind is InteractionKind.CHOICE
    assert found.text == "Что можно показать?"
    assert found.given == ("Книгу", "Адрес")
    assert found.right == ("Книгу", "Цвет")


def test_a_choice_of_one_may_name_every_right_answer_apart():
    asked = {
        "interactionType": "choice",
        "choices": named("А", "Б", "В"),
        "correctResponsesPattern": ["0", "2"],
    }

    assert question(asked, "1").right == ("А", "В")


def test_true_false_is_said_as_true_or_false():
    found = question(
        {"interactionType": "true-false", "correctResponsesPattern": ["true"]}, "false"
    )

    assert (found.kind, found.given, found.right) == (
        InteractionKind.TRUE_FALSE,
        ("false",),
        ("true",),
    )


def test_gaps_are_read_with_every_accepted_answer():
    asked = {
        "interactionType": "fill-in",
        "correctResponsesPattern": ["{case_matters=false}Москва[,]Волга"],
        "extensions": {
            "https://h5p.org/x-api/alternatives": [["Москва", "город Москва"], ["Волга"]]
        },
    }
    found = question(asked, "{case_matters=false}москва[,]")

    assert found.given == ("москва", "")
    assert found.right == ("Москва / город Москва", "Волга")


def test_gaps_with_several_patterns_join_them_gap_by_gap():
    asked = {"interactionType": "fill-in", "correctResponsesPattern": ["a[,]x", "b[,]x"]}

    assert question(asked, "").right == ("a / b", "x")
    assert question(asked, "").given == ()


def test_what_was_typed_is_not_taken_for_html():
    found = question({"interactionType": "fill-in"}, "2 < 3 & <b>")

    assert found.given == ("2 < 3 & <b>",)


def test_a_long_answer_keeps_its_lines():
    found = question({"interactionType": "long-fill-in"}, "Первое.\nВторое.")

    assert (found.kind, found.given) == (InteractionKind.LONG_FILL_IN, ("Первое.\nВторое.",))


def test_pairs_read_source_first():
    asked = {
        "interactionType": "matching",
        "source": [{"id": "cat", "description": {"ru": "Кот"}}],
        "target": [{"id": "meow", "description": {"ru": "Мяу"}}],
        "correctResponsesPattern": ["cat[.]meow"],
    }

    assert question(asked, "cat[.]meow").given == ("Кот — Мяу",)
    assert question(asked, "meow[.]cat").given == ("Кот — Мяу",)


def test_drag_and_drop_of_h5p_names_the_target_first():
    asked = {
        "interactionType": "matching",
        "source": named("Кот", "Пёс"),
        "target": named("Мяу", "Гав"),
        "correctResponsesPattern": ["0[.]0[,]1[.]1"],
    }

    assert question(asked, "0[.]1", "H5P.DragQuestion-1.14").given == ("Пёс — Мяу",)
    assert question(asked, "0[.]1", "X.Other-1.0").given == ("Кот — Гав",)


def test_an_order_is_read_in_words():
    asked = {
        "interactionType": "sequencing",
        "choices": named("Зима", "Весна"),
        "correctResponsesPattern": ["0[,]1"],
    }
    found = question(asked, "1[,]0")

    assert (found.given, found.right) == (("Весна", "Зима"), ("Зима", "Весна"))


@pytest.mark.parametrize("kind", ["numeric", "likert", "performance", None])
def test_other_kinds_are_kept_as_they_were_said(kind):
    found = question({"interactionType": kind, "correctResponsesPattern": ["7"]}, "5")

    assert (found.kind, found.given, found.right) == (InteractionKind.OTHER, ("5",), ("7",))


def test_an_interaction_that_xapi_does_not_know_is_told():
    results = read(statement(definition={"interactionType": "telepathy"}))

    assert results.root.kind is InteractionKind.OTHER
    assert [problem.code for problem in results.problems] == ["unknown_interaction"]


def test_a_compound_holds_its_questions():
    child = statement("completed", "H5P.TrueFalse-1.8", {"interactionType": "true-false"})
    child["object"]["id"] += "?subContentId=51445ea9-9c98-437a-8981-72d46d6e86c4"
    data = {
        "statement": statement(definition={"interactionType": "compound"}),
        "children": [{"statement": child, "children": []}, {"statement": child}],
    }
    results = read(data)

    assert results.outcome == "finished"
    assert results.root.kind is InteractionKind.COMPOUND
    assert [one.kind.value for one in results.root.walk()] == [
        "compound",
        "true-false",
        "true-false",
    ]
    assert results.root.children[0].sub_content_id == "51445ea9-9c98-437a-8981-72d46d6e86c4"
    assert results.root.children[0].library == LibraryName("H5P.TrueFalse", 1, 8)


@pytest.mark.parametrize(
    ("verb", "outcome"),
    [
        ("answered", "finished"),
        ("completed", "finished"),
        ("passed", "finished"),
        ("mastered", "finished"),
        ("failed", "failed"),
        ("attempted", ""),
        ("interacted", ""),
        ("progressed", ""),
    ],
)
def test_which_verbs_of_the_root_end_an_attempt(verb: str, outcome: str):
    assert read(statement(verb)).outcome == outcome


def test_the_same_word_of_another_vocabulary_ends_nothing():
    data = statement()
    data["verb"]["id"] = "https://evil.example/verbs/completed"

    assert read(data).outcome == ""


def test_a_part_of_the_content_never_finishes_it():
    by_parent = statement("completed", parent=[{"id": CONTENT}])
    by_id = statement("passed")
    by_id["object"]["id"] += "?subContentId=51445ea9-9c98-437a-8981-72d46d6e86c4"

    for data in (by_parent, by_id):
        results = read(data)
        assert results.outcome == ""
        assert [problem.code for problem in results.problems] == ["other_activity"]


@pytest.mark.parametrize("library", ["H5P.TrueFalse-1.8", "H5P.MultiChoice-1.14", ""])
def test_a_result_of_another_library_than_the_main_one_ends_nothing(library: str):
    assert read(statement(library=library)).outcome == ""
    assert read(statement(library="H5P.MultiChoice-1.16")).outcome == "finished"


@pytest.mark.parametrize(
    ("raw", "score"),
    [
        ({"raw": 2, "min": 0, "max": 3, "scaled": 0.6667}, Score(2, 0, 3)),
        ({"raw": 2, "max": 3}, Score(2, 0, 3)),
        ({"raw": 0, "max": 3, "scaled": 0}, Score(0, 0, 3)),
        ({"raw": -1, "min": -2, "max": 2, "scaled": 0.25}, Score(-1, -2, 2)),
        ({"scaled": 0.5}, Score(0.5, 0, 1)),
        ({"raw": 4, "max": 3}, None),
        ({"raw": -1, "max": 3}, None),
        ({"raw": 2, "min": 3, "max": 1}, None),
        ({"raw": 2, "max": 3, "scaled": 1}, None),
        ({"raw": 2, "max": 3, "scaled": 7}, None),
        ({"raw": float("nan"), "max": 3}, None),
        ({"raw": float("inf"), "max": float("inf")}, None),
        ({"raw": 10**400, "max": 10**400}, None),
        ({"raw": "2", "max": 3}, None),
        ({"raw": True, "max": 1}, None),
        ({"raw": 2}, None),
        ({"raw": 0, "max": 0}, None),
        ({"scaled": -0.5}, None),
        ({}, None),
        ("5", None),
    ],
)
def test_only_a_score_that_can_be_true_is_taken(raw, score):
    assert read_score(raw) == score


def test_a_false_score_is_told_and_an_empty_one_is_not():
    told = [
        [problem.code for problem in read(statement(result={"score": score})).problems]
        for score in ({"raw": 5, "max": 3}, {"raw": 0, "min": 0, "max": 0}, {})
    ]

    assert told == [["implausible_score"], [], []]


def test_hundredths_are_rounded_down_and_never_above_what_is_possible():
    assert Score(1, 0, 3).hundredths == (100, 300)
    assert Score(0.999, 0, 1).hundredths == (99, 100)
    assert Score(0.29, 0, 1).hundredths == (29, 100)


@pytest.mark.parametrize(
    ("text", "spent"),
    [
        ("PT12.34S", 12.34),
        ("PT1H2M3S", 3723),
        ("P1DT1S", 86401),
        ("P2W", 1209600),
        ("PT0S", 0),
        ("PT", None),
        ("P", None),
        ("P1DT", None),
        ("PT-5S", None),
        ("12", None),
        ("P99Y", None),
        ("PT" + "9" * 500 + "S", None),
        (12, None),
        ("PT١S", None),
    ],
)
def test_a_duration_in_seconds(text, spent):
    assert seconds(text) == spent


def test_a_bad_duration_is_told():
    results = read(statement(result={"duration": "long", "success": True, "completion": True}))

    assert results.root.seconds is None
    assert (results.root.success, results.root.completion) == (True, True)
    assert [problem.code for problem in results.problems] == ["bad_duration"]


def test_a_result_that_is_too_large_is_not_read():
    wide = {"statement": statement(), "children": [{}] * 300_000}
    long = statement(result={"response": "a" * 5_000_000})

    for data in (wide, long):
        results = read(data)
        assert (results.root, results.outcome) == (None, "")
        assert [problem.code for problem in results.problems] == ["too_big_result"]


def test_children_without_end_are_cut_off():
    node: dict[str, Any] = {"statement": statement()}
    for _ in range(500):
        node = {"statement": statement(), "children": [node]}

    results = read(node)
    assert len(list(results.root.walk())) == 21
    assert [problem.code for problem in results.problems] == ["too_big_result"]


LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "statement",
                    "children",
                    "verb",
                    "id",
                    "object",
                    "definition",
                    "result",
                    "score",
                    "raw",
                    "max",
                    "min",
                    "scaled",
                    "duration",
                    "context",
                    "contextActivities",
                    "category",
                    "parent",
                    "interactionType",
                    "choices",
                    "source",
                    "target",
                    "description",
                    "correctResponsesPattern",
                    "extensions",
                    "response",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(data=LOOSE)
def test_whatever_a_browser_sends_is_read_without_an_error(data):
    read(data)


@given(
    definition=LOOSE,
    result=LOOSE,
    kind=st.sampled_from(list(InteractionKind)),
    key=st.sampled_from(["choices", "source", "target", "correctResponsesPattern", "extensions"]),
    value=LOOSE,
)
def test_whatever_a_question_holds_its_answers_are_texts(definition, result, kind, key, value):
    asked = {**(definition if isinstance(definition, dict) else {}), "interactionType": kind.value}
    data = statement(definition={**asked, key: value})
    data["result"] = result
    root = read(data).root

    assert all(isinstance(line, str) for line in (*root.given, *root.right, root.text, root.title))
    json.dumps([root.given, root.right, root.text]).encode()
