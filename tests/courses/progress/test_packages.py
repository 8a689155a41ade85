"""What a package (H5P, SCORM) reports, and what it completes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.rules import (
    AddedPolicy,
    CourseDraft,
    Rule,
    RuleKind,
    ScorePolicy,
    compile_outline,
    outline_from_json,
    outline_to_json,
    rule_of,
)
from courses.progress.models import CourseState
from courses.progress.queries import explanation_of
from courses.progress.rules import Evidence, Mark, Run, Score, Verb, mark_of, run_of, scores_in_turn
from tests.courses.conftest import draft_of_steps, text_step
from tests.courses.progress.histories import reports

pytestmark = pytest.mark.django_db
HIGHEST, AVERAGE, FIRST, LAST = ScorePolicy


def package(kind: RuleKind, policy: ScorePolicy = ScorePolicy.HIGHEST, percent: int = 60):
    return text_step("game", kind="h5p", rule=Rule(kind, percent, policy=policy))


def game(masha):
    return masha.place.state.steps[masha.uid("game")]


def test_a_package_that_says_completed_completes_its_step(journey):
    masha = journey(package(RuleKind.COMPLETED), "b")
    masha.report("game", attempt="first", number=1)
    assert not masha.is_done("game")
    masha.report("game", attempt="first", number=1, completed=True)
    assert game(masha).done.evidence is Evidence.MACHINE_CLIENT
    assert masha.numbers == (1, 2, 50)


def test_what_failed_completes_nothing_unless_an_attempt_is_enough(journey):
    by_kind = {
        kind: journey(package(kind), "b")
        for kind in (RuleKind.COMPLETED, RuleKind.PASSED, RuleKind.ATTEMPTED)
    }
    for masha in by_kind.values():
        masha.report("game", attempt="first", number=1, completed=True, passed=False)
    assert [kind for kind, masha in by_kind.items() if masha.is_done("game")] == ["attempted"]
    failed = game(by_kind[RuleKind.COMPLETED])
    assert (failed.completed, failed.passed, failed.has_ended) == (False, False, True)


@pytest.mark.parametrize("rule", [RuleKind.COMPLETED, RuleKind.PASSED, RuleKind.ATTEMPTED])
def test_what_was_only_begun_completes_nothing(journey, rule):
    masha = journey(package(rule), "b")
    masha.report("game", attempt="first", number=1, earned=1, possible=10)
    assert not masha.is_done("game")
    assert not game(masha).has_ended


def test_completed_passed_and_who_vouches_are_three_facts(journey):
    masha = journey(package(RuleKind.VIEWED), "b")
    masha.report("game", attempt="first", number=1, completed=True)
    assert (game(masha).completed, game(masha).passed, game(masha).done) == (True, None, None)
    masha.report("game", attempt="second", number=2, passed=True)
    assert (game(masha).completed, game(masha).passed, game(masha).done) == (True, True, None)


@pytest.mark.parametrize(
    ("policy", "percents", "is_done", "comes_to"),
    [
        (HIGHEST, [40, 70, 50], True, 70),
        (HIGHEST, [59, 40], False, 59),
        (AVERAGE, [40, 80], True, 60),
        (AVERAGE, [59, 60], False, 59),
        (AVERAGE, [90, 10], True, 50),
        (FIRST, [40, 90], False, 40),
        (FIRST, [60, 10], True, 60),
        (LAST, [40, 90], True, 90),
        (LAST, [90, 40], True, 40),
        (LAST, [40, 59], False, 59),
    ],
)
def test_the_pass_mark_is_reached_by_the_policy(journey, policy, percents, is_done, comes_to):
    masha = journey(package(RuleKind.PASSED, policy), "b")
    for number, percent in enumerate(percents, start=1):
        score = {"earned": percent, "possible": 100}
        masha.report("game", attempt=f"run {number}", number=number, completed=True, **score)
    step = masha.place.outline.step_by_uid[masha.uid("game")]
    assert masha.is_done("game") is is_done
    assert masha.place.score(step).percent == comes_to


def test_a_verdict_without_points_is_all_or_nothing(journey):
    masha = journey(package(RuleKind.PASSED), "b")
    masha.report("game", attempt="first", number=1, completed=True, passed=False)
    assert not masha.is_done("game")
    masha.report("game", attempt="second", number=2, completed=True, passed=True)
    assert masha.is_done("game")


def test_the_editors_pass_mark_stands_above_the_packages_own_verdict(journey):
    strict, mild = journey(package(RuleKind.PASSED, percent=80)), journey(package(RuleKind.PASSED))
    for masha, passed in ((strict, True), (mild, False)):
        masha.report("game", attempt="a", number=1, passed=passed, earned=7, possible=10)
    assert (strict.is_done("game"), mild.is_done("game")) == (False, True)


@pytest.mark.parametrize(
    ("earned", "possible"), [(1, 0), (-1, 10), (11, 10), (None, 10), (5, None), (None, None)]
)
def test_points_that_make_no_sense_are_no_score(earned, possible):
    report = {"number": 1, "completed": True, "passed": None}
    assert run_of(report | {"earned": earned, "possible": possible}).score is None


def test_what_a_package_has_done_may_satisfy_a_rule_of_later(journey):
    masha = journey(package(RuleKind.PASSED, percent=90), "b")
    masha.report("game", attempt="first", number=1, completed=True, earned=70, possible=100)
    assert not masha.is_done("game")
    masha.publish(package(RuleKind.PASSED, percent=70), "b")
    assert game(masha).done.revision_n == 2


def test_after_a_reset_the_first_attempt_is_the_next_one(journey):
    masha = journey(package(RuleKind.PASSED, FIRST), "b")
    masha.report("game", attempt="first", number=1, completed=True, earned=0, possible=10)
    masha.reset("game")
    masha.report("game", attempt="second", number=2, completed=True, earned=10, possible=10)
    assert masha.is_done("game")


def test_every_package_has_a_human_way_out(journey):
    silent = journey(package(RuleKind.PASSED), "b")
    silent.tick("game")
    assert game(silent).done.evidence is Evidence.TEACHER
    said = journey(package(RuleKind.DECLARED), "b")
    said.record("game", Verb.DECLARED_DONE, Evidence.SELF)
    assert game(said).done.evidence is Evidence.SELF


def test_the_facts_of_a_package_are_small(journey):
    masha = journey(package(RuleKind.PASSED), "b")
    masha.report("game", attempt="mX0v2c-7QeZk9Tb1", number=1, completed=True)
    for earned in range(10):
        masha.report("game", attempt="mX0v2c-7QeZk9Tb1", number=1, earned=earned, possible=10)
    stored = CourseState.objects.get().facts["steps"][masha.uid("game")]
    assert stored["runs"] == {"mX0v2c-7QeZk9Tb1": [1, True, None, 9, 10]}
    assert "attempts" not in stored


def test_the_score_and_the_attempts_are_explained(journey):
    masha = journey(package(RuleKind.PASSED, AVERAGE), "b")
    for number, earned in ((2, 5), (1, 3)):
        attempt = f"run {number}"
        masha.report("game", attempt=attempt, number=number, earned=earned, possible=10)
    row = explanation_of(masha.place).lessons[0].steps[0]
    assert row.score == Score(2, 5)
    assert [run.number for run in row.runs] == [1, 2]
    other = explanation_of(masha.place).lessons[0].steps[1]
    assert (other.score, other.runs) == (None, ())


@pytest.mark.parametrize(("ended", "mark"), [(1, Mark.STARTED), (2, Mark.HELP)])
def test_two_ended_attempts_that_completed_nothing_ask_for_help(ended, mark):
    facts = {"game": {"runs": {f"run {n}": [n, n < ended, False] for n in range(3)}}}
    waits = {"steps": ["game"], "required": ["game"], "waiting": ()}
    assert mark_of(facts, **waits) is mark


def test_a_rule_of_a_package_is_read_from_its_block():
    content = {"completion": "passed", "pass_percent": 70, "score_policy": "average"}
    assert rule_of(content) == Rule(RuleKind.PASSED, 70, policy=ScorePolicy.AVERAGE)
    assert rule_of(content | {"completion": "completed"}).kind is RuleKind.COMPLETED
    assert rule_of({"completion": "passed", "pass_percent": 70}).policy is None


def outline_json(draft: CourseDraft):
    outline = compile_outline(
        draft,
        names=[step.title for _lesson, step in draft.places()],
        versions=[1] * 9,
        earlier={},
        n=1,
        policy=AddedPolicy.INITIAL,
    )
    return outline, outline_to_json(outline)


def test_an_outline_keeps_its_policies_and_an_old_one_is_read_without_them():
    outline, data = outline_json(draft_of_steps(package(RuleKind.PASSED, LAST)))
    assert outline_from_json(data) == outline
    outline, data = outline_json(draft_of_steps("a"))
    old = data["modules"][0]["lessons"][0]["steps"][0]["rule"]
    assert old == {"kind": "viewed", "percent": 0, "seconds": 0}
    assert outline_from_json(data) == outline


@given(st.lists(reports(), min_size=1, max_size=8), st.randoms())
def test_reports_of_one_run_in_any_order_and_number_say_the_same(told, order):
    def joined(these) -> Run:
        first, *others = [run_of(report) for report in these]
        for other in others:
            first = first.joined(other)
        return first

    again = [*told, *told[: len(told) // 2]]
    order.shuffle(again)
    assert joined(told) == joined(again)


@given(st.lists(reports(), max_size=6), st.sampled_from(ScorePolicy), st.randoms())
def test_what_runs_come_to_depends_on_their_numbers_and_not_on_the_order_of_reports(
    told, policy, order
):
    runs = [run_of(report | {"number": n}) for n, report in enumerate(told, start=1)]
    shuffled = list(runs)
    order.shuffle(shuffled)
    assert scores_in_turn(runs, policy) == scores_in_turn(shuffled, policy)
