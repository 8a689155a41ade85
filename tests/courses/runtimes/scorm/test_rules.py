"""The menu, the sessions and the result of a package, without a database."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.launches.rules import Score
from courses.runtimes.scorm.core import (
    InteractionRow,
    Item,
    ItemKind,
    Judgement,
    Manifest,
    Organization,
    ScoState,
    Version,
)
from courses.runtimes.scorm.core import Score as Told
from courses.runtimes.scorm.core.state import Session
from courses.runtimes.scorm.rules import (
    first_item,
    item_of_session,
    menu_of,
    new_session,
    result_of,
    without_old_sessions,
)


def a_manifest(*items: Item) -> Manifest:
    return Manifest(Version.SCORM_12, "M", "Sums", "", (Organization("O", "Sums", items),))


def a_sco(identifier: str, **changes) -> Item:
    return Item(identifier, identifier.title(), ItemKind.SCO, path="index.html", **changes)


TWO = a_manifest(a_sco("one"), a_sco("two", prerequisites="one"))
BEGUN = ScoState(launches=1)
DONE = ScoState(launches=1, completed=True)
FAILED = ScoState(launches=1, judgement=Judgement.FAILED)


def standing(manifest: Manifest, states: dict[str, ScoState], **changes) -> list[tuple]:
    return [
        (line.id, str(line.status), line.is_open) for line in menu_of(manifest, states, **changes)
    ]


def test_the_menu_says_how_each_part_stands() -> None:
    assert standing(TWO, {}) == [("one", "new", True), ("two", "new", False)]
    assert standing(TWO, {"one": BEGUN})[0] == ("one", "started", True)
    assert standing(TWO, {"one": DONE}) == [("one", "done", True), ("two", "new", True)]
    assert standing(TWO, {"one": FAILED})[0] == ("one", "failed", True)
    assert standing(TWO, {}, all_open=True)[1] == ("two", "new", True)


def test_headings_stand_over_their_parts_and_open_nothing() -> None:
    heading = Item("part", "Part", ItemKind.FOLDER, children=(a_sco("one"),))

    lines = menu_of(a_manifest(heading), {})

    assert [(line.id, line.depth, line.is_heading, line.is_open) for line in lines] == [
        ("part", 0, True, False),
        ("one", 1, False, True),
    ]


def test_one_begins_where_one_has_been_last_unless_that_is_done() -> None:
    three = a_manifest(a_sco("one"), a_sco("two"), a_sco("three"))

    assert first_item(menu_of(three, {}), []) == "one"
    assert first_item(menu_of(three, {"two": BEGUN}), ["two"]) == "two"
    assert first_item(menu_of(three, {"two": DONE}), ["two"]) == "one"
    assert first_item(menu_of(three, {"one": DONE, "two": DONE}), ["two", "one"]) == "three"
    all_done = {"one": DONE, "two": DONE, "three": DONE}
    assert first_item(menu_of(three, all_done), ["three", "two"]) == "one"
    assert first_item([], ["gone"]) is None


def test_a_session_says_which_part_it_is_of() -> None:
    session = new_session(TWO, TWO.launchable[1], "random")

    assert item_of_session(TWO, session) == TWO.launchable[1]
    for odd in ("", "-", "2-random", "-1-random", "one", "٣-random", "9" * 400, "1e3-x"):
        assert item_of_session(TWO, odd) is None


@given(st.lists(st.integers(0, 10_000), max_size=200))
def test_old_sessions_leave_and_their_time_stays(times: list[int]) -> None:
    state = ScoState()
    for number, hundredths in enumerate(times):
        session = Session(sequence=1, hundredths=hundredths)
        state = replace(state, sessions={**state.sessions, f"0-{number}": session})
        state = without_old_sessions(state)

    assert state.hundredths == sum(times)
    assert len(state.sessions) <= 30
    assert not times or f"0-{len(times) - 1}" in state.sessions


def test_a_package_is_final_when_its_learner_has_left_and_nothing_is_open() -> None:
    def is_final(one: ScoState, two: ScoState, *, has_left: bool = True) -> bool:
        return result_of(TWO, {"one": one, "two": two}, has_left=has_left).is_final

    assert is_final(DONE, DONE)
    assert is_final(DONE, FAILED)
    assert not is_final(DONE, DONE, has_left=False)
    assert not is_final(FAILED, BEGUN)
    assert not is_final(DONE, ScoState())


def test_the_facts_of_the_package_are_those_of_its_parts() -> None:
    one = replace(DONE, best=Told(raw=Decimal(8), max=Decimal(10)))
    one = replace(one, sessions={"0-a": Session(hundredths=250)})

    result = result_of(a_manifest(a_sco("one")), {"one": one}, has_left=True)

    assert (result.completed, result.passed, result.seconds) == (True, None, 2)
    assert result.score == Score(800, 1000)


def test_a_clock_that_went_mad_is_not_believed() -> None:
    mad = replace(DONE, sessions={"0-a": Session(hundredths=10**15)})
    row = InteractionRow("q", seconds=10**12)

    result = result_of(TWO, {"one": replace(mad, interactions=(row,))}, has_left=False)

    assert result.seconds == 366 * 24 * 3600
    assert result.answers[0].seconds == 366 * 24 * 3600


def answer_to(**changes):
    row = InteractionRow("q", **changes)
    return result_of(TWO, {"one": ScoState(interactions=(row,))}, has_left=False).answers[0]


def test_a_weighting_is_what_a_question_is_worth() -> None:
    assert answer_to(weighting="2.5", result="correct").score == Score(250, 250)
    assert answer_to(weighting="2", result="incorrect").score == Score(0, 200)
    assert answer_to(weighting="4", result="3").score == Score(300, 400)
    for odd in ("", "much", "nan", "inf", "-1", "0", "1e9"):
        assert answer_to(weighting=odd, result="correct").score is None
    assert answer_to(weighting="2", result="neutral").score is None
    assert answer_to(weighting="2", result="5").score is None


def test_questions_of_any_length_have_keys_of_their_own() -> None:
    long = "q" * 4000
    rows = (InteractionRow(long + "1"), InteractionRow(long + "2"))

    answers = result_of(TWO, {"one": ScoState(interactions=rows)}, has_left=False).answers

    assert len({answer.key for answer in answers}) == 2
    assert all(len(answer.key) <= 250 for answer in answers)


def test_a_question_without_words_is_called_by_its_id() -> None:
    assert answer_to(text="2 + 2?").text == "2 + 2?"
    assert answer_to().text == "q"
    assert answer_to().kind == "other"
