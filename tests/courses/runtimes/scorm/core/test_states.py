"""The fold of commits, and what a SCO finds at its next launch."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.scorm.core import (
    CompletionThreshold,
    InteractionRow,
    Item,
    ItemKind,
    Judgement,
    Manifest,
    Objective,
    Organization,
    Outcome,
    Points,
    Score,
    ScoState,
    Version,
    folded,
    initial_values,
    opened,
    read_commit,
    state_from_json,
    state_to_json,
)

OLD, NEW = Version.SCORM_12, Version.SCORM_2004_4TH
ITEM = Item("S", "Sum", ItemKind.SCO, "index.html", launch_data="level=2")
SHORT = {
    OLD: {
        "status": "cmi.core.lesson_status", "raw": "cmi.core.score.raw", "exit": "cmi.core.exit",
        "min": "cmi.core.score.min", "max": "cmi.core.score.max",
        "time": "cmi.core.session_time", "place": "cmi.core.lesson_location",
    },
    NEW: {
        "status": "cmi.completion_status", "success": "cmi.success_status", "exit": "cmi.exit",
        "raw": "cmi.score.raw", "min": "cmi.score.min", "max": "cmi.score.max",
        "scaled": "cmi.score.scaled", "time": "cmi.session_time", "place": "cmi.location",
        "progress": "cmi.progress_measure",
    },
}  # fmt: skip


class Learner:
    """A learner before one SCO; ``say`` commits in a session, with the short names above."""

    def __init__(self, version: Version = OLD, item: Item = ITEM) -> None:
        self.version = version
        self.item = item
        self.state = ScoState()
        self.sequences: dict[str, int] = {}

    def open(self, session: str = "s1") -> "Learner":
        self.state = opened(self.state, session=session, item=self.item, version=self.version)
        return self

    def say(
        self,
        session: str = "s1",
        last: bool = False,
        credit: bool = True,
        rows: Mapping[str, str] | None = None,
        **values: str,
    ) -> "Learner":
        names = SHORT[self.version]
        self.sequences[session] = self.sequences.get(session, 0) + 1
        told = {**values, **(rows or {})}
        data: dict[str, object] = {
            names.get(name, f"cmi.{name}"): text for name, text in told.items()
        }
        data |= {"commitSequence": self.sequences[session], "isLast": last}
        result = folded(
            self.state,
            read_commit(self.version, data),
            session=session,
            item=self.item,
            for_credit=credit,
        )
        assert result.outcome is Outcome.TAKEN
        self.state = result.state
        return self

    def values(self, **options: str) -> dict[str, str]:
        organization = Organization("", "", (self.item,))
        manifest = Manifest(self.version, "", "", "", (organization,))
        return initial_values(manifest, self.item, self.state, **options)


# Facts.


@pytest.mark.parametrize(
    ("status", "completed", "judgement"),
    [
        ("incomplete", False, Judgement.UNKNOWN),
        ("browsed", False, Judgement.UNKNOWN),
        ("completed", True, Judgement.UNKNOWN),
        ("passed", True, Judgement.PASSED),
        ("failed", True, Judgement.FAILED),
    ],
)
def test_the_one_status_of_1_2_tells_both_facts(
    status: str, completed: bool, judgement: Judgement
) -> None:
    state = Learner().open().say(status=status).state

    assert (state.completed, state.judgement) == (completed, judgement)


def test_what_was_completed_never_falls_back() -> None:
    state = Learner().open().say(status="completed").say(status="incomplete").state

    assert state.completed


def test_passed_stays_passed_and_failed_may_become_passed() -> None:
    learner = Learner().open().say(status="failed")
    assert learner.state.judgement is Judgement.FAILED

    assert learner.say(status="passed").say(status="failed").state.judgement is Judgement.PASSED


MASTERED = Item("S", "Sum", ItemKind.SCO, "index.html", mastery_score=Decimal(80))


@pytest.mark.parametrize(
    ("raw", "judgement"), [("80", Judgement.PASSED), ("79.9", Judgement.FAILED)]
)
def test_the_mastery_score_decides_over_the_sco(raw: str, judgement: Judgement) -> None:
    for status in ("completed", "passed", "failed"):
        state = Learner(item=MASTERED).open().say(status=status, raw=raw).state
        assert (state.completed, state.judgement) == (True, judgement)


def test_the_mastery_score_decides_at_the_end_but_not_when_suspended() -> None:
    learner = Learner(item=MASTERED).open().say(status="incomplete", raw="10")
    assert learner.state.judgement is Judgement.UNKNOWN

    learner.say(status="incomplete", raw="10", exit="suspend", last=True)
    assert learner.state.judgement is Judgement.UNKNOWN

    learner.open("s2").say("s2", status="incomplete", raw="90", last=True)
    assert (learner.state.completed, learner.state.judgement) == (True, Judgement.PASSED)


def test_without_a_score_the_mastery_score_decides_nothing() -> None:
    state = Learner(item=MASTERED).open().say(status="completed", last=True).state

    assert state.judgement is Judgement.UNKNOWN


def test_2004_keeps_completion_and_success_apart() -> None:
    state = Learner(NEW).open().say(status="incomplete", success="failed").state
    assert (state.completed, state.judgement) == (False, Judgement.FAILED)

    state = Learner(NEW).open().say(status="completed", success="unknown").state
    assert (state.completed, state.judgement) == (True, Judgement.UNKNOWN)


MEASURED = Item(
    "S",
    "Sum",
    ItemKind.SCO,
    "index.html",
    completion_threshold=CompletionThreshold(True, Decimal("0.5")),
    objectives=(Objective("whole", True, Decimal("0.8")),),
)


@pytest.mark.parametrize(
    ("told", "completed", "judgement"),
    [
        ({"progress": "0.5", "status": "incomplete"}, True, Judgement.UNKNOWN),
        ({"progress": "0.4", "status": "completed"}, False, Judgement.UNKNOWN),
        ({"status": "completed"}, True, Judgement.UNKNOWN),
        ({"scaled": "0.8", "success": "failed"}, False, Judgement.PASSED),
        ({"scaled": "0.79", "success": "passed"}, False, Judgement.FAILED),
        ({"success": "passed"}, False, Judgement.PASSED),
    ],
)
def test_the_thresholds_of_the_manifest_decide_over_the_sco(
    told: dict[str, str], completed: bool, judgement: Judgement
) -> None:
    state = Learner(NEW, MEASURED).open().say(rows=told).state

    assert (state.completed, state.judgement) == (completed, judgement)


def test_the_best_and_the_last_score_are_kept() -> None:
    state = Learner().open().say(raw="60").say(raw="90").say(raw="70").state

    assert (state.best.raw, state.last.raw) == (Decimal(90), Decimal(70))


def test_a_score_of_nothing_is_none() -> None:
    state = Learner().open().say(raw="", max="100").state

    assert (state.best, state.last) == (None, None)


@pytest.mark.parametrize(
    ("score", "points"),
    [
        (Score(raw=Decimal(85)), Points(8500, 10000)),
        (Score(raw=Decimal("7.5"), max=Decimal(10)), Points(750, 1000)),
        (Score(raw=Decimal(15), min=Decimal(10), max=Decimal(20)), Points(500, 1000)),
        (Score(scaled=Decimal("0.333")), Points(3330, 10000)),
        (Score(scaled=Decimal("-0.5")), Points(0, 10000)),
        (Score(scaled=Decimal("0.5"), raw=Decimal(3), max=Decimal(6)), Points(300, 600)),
        (Score(raw=Decimal(120)), Points(10000, 10000)),
        (Score(raw=Decimal(5), max=Decimal(0)), None),
        (Score(raw=Decimal(5), max=Decimal(10**9)), None),
        (Score(max=Decimal(100)), None),
        (Score(), None),
    ],
)
def test_a_score_is_counted_in_hundredths_of_a_point(score: Score, points: Points | None) -> None:
    assert score.points == points


def test_nothing_counts_without_credit() -> None:
    state = Learner().open().say(status="passed", raw="100", credit=False, place="3").state

    assert (state.completed, state.judgement, state.best) == (False, Judgement.UNKNOWN, None)


def test_an_asset_is_done_by_being_opened() -> None:
    assert Learner(item=Item("A", "A", ItemKind.ASSET, "a.html")).open().state.completed


# The order of commits.


def test_a_repeated_commit_changes_nothing_and_a_stale_one_is_refused() -> None:
    learner = Learner().open().say(place="1").say(place="2")

    for sequence, outcome in (
        (2, Outcome.REPEATED),
        (1, Outcome.STALE),
        (None, Outcome.UNNUMBERED),
    ):
        committed = read_commit(
            OLD, {"cmi.core.lesson_location": "old", "commitSequence": sequence}
        )
        result = folded(learner.state, committed, session="s1", item=ITEM)
        assert (result.outcome, result.state) == (outcome, learner.state)


def test_a_page_left_open_does_not_undo_what_another_has_done() -> None:
    learner = Learner().open("a").open("b")
    learner.say("a", status="incomplete", place="1", suspend_data="one", raw="50")
    learner.say("b", status="completed", place="9", suspend_data="nine", raw="90")
    learner.say("a", status="incomplete", place="1", suspend_data="one", raw="50", time="00:01:00")

    assert learner.state.values["cmi.core.lesson_location"] == "9"
    assert learner.state.values["cmi.suspend_data"] == "nine"
    assert learner.state.values["cmi.core.lesson_status"] == "completed"
    assert learner.state.last.raw == Decimal(90)


def test_a_page_opened_before_the_other_saved_undoes_nothing_by_its_defaults() -> None:
    learner = Learner(NEW).open("a").open("b")
    learner.say("b", place="9", status="completed")
    learner.say("a", place="", status="unknown", time="PT1M")

    assert learner.state.values["cmi.location"] == "9"
    assert learner.state.values["cmi.completion_status"] == "completed"


def test_what_one_page_clears_is_clear() -> None:
    learner = Learner().open().say(suspend_data="something").say(suspend_data="")

    assert "cmi.suspend_data" not in learner.values()


def test_the_time_of_all_sessions_is_summed_once_each() -> None:
    learner = Learner().open("a").say("a", time="00:01:00").say("a", time="00:02:00", last=True)
    learner.open("b").say("b", time="00:00:30.5")

    assert learner.state.hundredths == 15050
    assert learner.open("c").values()["cmi.core.total_time"] == "0000:02:30.50"


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6), st.integers(0, 600)), max_size=25)
)
def test_total_time_is_the_sum_of_the_sessions_whatever_the_interleaving(
    commits: list[tuple[str, int, int]],
) -> None:
    """Commits come in any order, twice or never: each session counts its longest time taken."""
    state = ScoState()
    for session in "abc":
        state = opened(state, session=session, item=ITEM, version=OLD)
    longest = dict.fromkeys("abc", 0)
    newest = dict.fromkeys("abc", 0)
    for session, sequence, seconds in commits:
        data = {
            "cmi.core.session_time": f"00:{seconds // 60:02d}:{seconds % 60:02d}",
            "commitSequence": sequence,
        }
        before = state.hundredths
        result = folded(state, read_commit(OLD, data), session=session, item=ITEM)
        assert (result.outcome is Outcome.TAKEN) == (sequence > newest[session])
        if result.outcome is Outcome.TAKEN:
            newest[session] = sequence
            longest[session] = max(longest[session], seconds)
        state = result.state
        assert state.hundredths >= before

    assert state.hundredths == sum(longest.values()) * 100


COMMITS = st.lists(
    st.fixed_dictionaries(
        {"commitSequence": st.integers(1, 5)},
        optional={
            "cmi.core.lesson_status": st.sampled_from(["passed", "failed", "completed", "browsed"]),
            "cmi.core.score.raw": st.integers(0, 100).map(str),
            "cmi.core.session_time": st.sampled_from(["00:00:01", "00:01:00"]),
            "cmi.suspend_data": st.text(max_size=3),
            "cmi.core.exit": st.sampled_from(["", "suspend"]),
            "cmi.interactions.0.id": st.sampled_from(["q1", "q2"]),
            "isLast": st.booleans(),
        },
    ),
    max_size=8,
)


@given(COMMITS, st.sampled_from("ab"))
def test_folding_a_commit_twice_is_folding_it_once(
    commits: list[dict[str, object]], session: str
) -> None:
    state = opened(ScoState(), session=session, item=MASTERED, version=OLD)
    for data in commits:
        once = folded(state, read_commit(OLD, data), session=session, item=MASTERED)
        twice = folded(once.state, read_commit(OLD, data), session=session, item=MASTERED)
        assert twice.state == once.state
        assert twice.outcome is not Outcome.TAKEN
        assert once.state.completed >= state.completed
        assert not (state.judgement is Judgement.PASSED != once.state.judgement)
        assert state.best is None or once.state.best.share >= state.best.share
        state = once.state

    assert state_from_json(json.loads(json.dumps(state_to_json(state)))) == state


# The next launch.


def test_the_first_launch_begins_at_the_beginning() -> None:
    values = Learner(item=MASTERED).open().values(learner_id="k7")

    assert values == {
        "cmi.core.student_id": "k7",
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.entry": "ab-initio",
        "cmi.core.total_time": "0000:00:00",
        "cmi.student_data.mastery_score": "80",
    }


def test_the_first_launch_of_2004_tells_thresholds_and_objectives() -> None:
    values = Learner(NEW, MEASURED).open().values()

    assert values["cmi.entry"] == "ab-initio"
    assert values["cmi.completion_threshold"] == "0.5"
    assert values["cmi.scaled_passing_score"] == "0.8"
    assert values["cmi.objectives.0.id"] == "whole"
    assert "cmi.learner_name" not in values


def test_a_suspended_sco_finds_everything_again() -> None:
    learner = (
        Learner()
        .open()
        .say(
            place="3", suspend_data="data", raw="40", status="incomplete", exit="suspend", last=True
        )
    )
    values = learner.open("s2").values()

    assert values["cmi.core.entry"] == "resume"
    assert values["cmi.core.lesson_location"] == "3"
    assert values["cmi.suspend_data"] == "data"
    assert values["cmi.core.score.raw"] == "40"
    assert values["cmi.core.lesson_status"] == "incomplete"
    assert values["cmi.launch_data"] == "level=2"
    assert "cmi.core.session_time" not in values
    assert "cmi.core.exit" not in values


def test_a_page_that_was_simply_closed_loses_nothing() -> None:
    for version in (OLD, NEW):
        learner = Learner(version).open().say(place="3", status="incomplete").open("s2")
        assert learner.state.entry == "resume"
        assert "3" in learner.values().values()


def test_a_sco_of_1_2_left_normally_keeps_its_data_without_resuming() -> None:
    values = Learner().open().say(place="3", status="completed", last=True).open("s2").values()

    assert "cmi.core.entry" not in values
    assert values["cmi.core.lesson_location"] == "3"


def test_a_sco_of_2004_complete_and_left_normally_begins_anew_and_stays_complete() -> None:
    learner = Learner(NEW).open().say(place="3", status="completed", exit="normal", last=True)
    learner.open("s2")

    assert learner.values()["cmi.entry"] == "ab-initio"
    assert "cmi.location" not in learner.values()
    assert learner.say("s2", status="incomplete").state.completed


def test_a_sco_of_2004_left_normally_but_unfinished_goes_on() -> None:
    learner = Learner(NEW).open().say(place="3", status="incomplete", last=True).open("s2")

    assert learner.values()["cmi.entry"] == "resume"
    assert learner.values()["cmi.location"] == "3"


def test_a_launch_that_said_nothing_was_none() -> None:
    assert Learner().open().open("s2").state.entry == "ab-initio"


def test_opening_a_session_twice_is_opening_it_once() -> None:
    learner = Learner().open()

    assert learner.open().state.launches == 1


@pytest.mark.parametrize("mode", ["browse", "review"])
def test_other_modes_are_without_credit(mode: str) -> None:
    values = Learner(NEW).open().values(mode=mode)

    assert (values["cmi.mode"], values["cmi.credit"]) == (mode, "no-credit")


# Rows.


def answered(version: Version, **fields: str) -> InteractionRow:
    data = {f"cmi.interactions.0.{name}": text for name, text in fields.items()}
    committed = read_commit(version, {"cmi.interactions.0.id": "q", "commitSequence": 1, **data})
    state = opened(ScoState(), session="s", item=ITEM, version=version)
    (row,) = folded(state, committed, session="s", item=ITEM).state.interactions
    return row


def test_a_question_is_a_row() -> None:
    row = answered(
        NEW,
        type="choice",
        description="{lang=ru}Где <b>ссылка</b>?",
        learner_response="a[,]b",
        result="incorrect",
        latency="PT1M5.9S",
        weighting="2",
        timestamp="2026-05-17T10:20:30",
        **{"correct_responses.0.pattern": "a", "correct_responses.1.pattern": "c"},
        **{"objectives.0.id": "o1"},
    )

    assert row == InteractionRow(
        id="q",
        kind="choice",
        text="Где <b>ссылка</b>?",
        response="a, b",
        right="a / c",
        result="incorrect",
        weighting="2",
        seconds=65,
        at="2026-05-17T10:20:30",
        objectives=("o1",),
    )
    assert row.is_right is False


@pytest.mark.parametrize(
    ("version", "kind", "text", "shown"),
    [
        (NEW, "matching", "1[.]a[,]2[.]b", "1 → a; 2 → b"),
        (NEW, "sequencing", "b[,]a", "b, a"),
        (NEW, "fill-in", "{lang=ru}кот[,]пёс", "кот, пёс"),
        (NEW, "long-fill-in", "{lang=ru}a[,]b", "a[,]b"),
        (NEW, "choice", "urn:scormdriver:%D0%94%D0%B0_%D0%B4%D0%B0", "Да да"),
        (NEW, "performance", "step[.]5[,][.]6", "step → 5;  → 6"),
        (NEW, "true-false", "true", "true"),
        (NEW, "numeric", "3.5", "3.5"),
        (NEW, "likert", "agree", "agree"),
        (OLD, "choice", "{a,b}", "a, b"),
        (OLD, "matching", "1.a,2.b", "1 → a; 2 → b"),
        (OLD, "true-false", "t", "true"),
        (OLD, "true-false", "0", "false"),
        (OLD, "fill-in", "one, two", "one, two"),
    ],
)
def test_an_answer_is_readable(version: Version, kind: str, text: str, shown: str) -> None:
    response = "learner_response" if version is NEW else "student_response"

    assert answered(version, type=kind, **{response: text}).response == " ".join(shown.split())


def test_the_newer_answer_to_a_question_replaces_the_older() -> None:
    learner = Learner().open()
    for result in ("wrong", "correct"):
        learner.say(rows={"interactions.0.id": "q1", "interactions.0.result": result})
    learner.say(rows={"interactions.0.id": "q2", "interactions.0.result": "wrong"})

    assert [(row.id, row.is_right) for row in learner.state.interactions] == [
        ("q1", True), ("q2", False),
    ]  # fmt: skip


def test_an_old_page_does_not_bring_back_an_old_answer() -> None:
    learner = Learner().open("a").open("b")
    learner.say("a", rows={"interactions.0.id": "q1", "interactions.0.result": "wrong"})
    learner.say("b", rows={"interactions.0.id": "q1", "interactions.0.result": "correct"})
    learner.say(
        "a",
        rows={
            "interactions.0.id": "q1",
            "interactions.0.result": "wrong",
            "interactions.1.id": "q2",
            "interactions.1.result": "correct",
        },
    )

    assert [(row.id, row.is_right) for row in learner.state.interactions] == [
        ("q1", True), ("q2", True),
    ]  # fmt: skip


def test_objectives_are_rows() -> None:
    learner = (
        Learner(NEW)
        .open()
        .say(
            rows={
                "objectives.0.id": "o1",
                "objectives.0.success_status": "passed",
                "objectives.0.score.scaled": "0.5",
            }
        )
    )
    (row,) = learner.state.objectives

    assert (row.id, row.success, row.scaled) == ("o1", "passed", "0.5")
