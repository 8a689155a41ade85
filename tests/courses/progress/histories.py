"""Random histories of a learner on a course that editors change all the while."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from courses.lessons.rules import (
    AddedPolicy,
    Ages,
    Change,
    CourseDraft,
    Rule,
    RuleKind,
    ScorePolicy,
    StepDraft,
    StepRef,
    compile_outline,
)
from courses.progress.rules import (
    Admission,
    Evidence,
    LearnerState,
    LogEntry,
    Revision,
    Verb,
    advance,
    replay,
    state_from_json,
    state_to_json,
)
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

ADMISSION = Admission(1, age=9)
TITLES = ("a", "b", "c", "d", "e", "f")
POLICIES = sorted(set(AddedPolicy) - {AddedPolicy.INITIAL})
RULES = (
    Rule(RuleKind.VIEWED),
    Rule(RuleKind.DECLARED),
    Rule(RuleKind.WATCHED, 90, 10),
    Rule(RuleKind.PASSED, 60),
    Rule(RuleKind.ATTEMPTED),
    Rule(RuleKind.SUBMITTED),
    Rule(RuleKind.ACCEPTED),
    Rule(RuleKind.COMPLETED, policy=ScorePolicy.HIGHEST),
    *(Rule(RuleKind.PASSED, 60, policy=policy) for policy in ScorePolicy),
)

titles = st.sampled_from(TITLES)
intervals = st.tuples(st.integers(0, 11), st.integers(1, 6)).map(lambda it: [it[0], sum(it)])


@dataclass(frozen=True)
class Happening:
    """An event on the step ``title``; ``late`` ones were made on a device an epoch before."""

    title: str
    verb: Verb
    payload: dict[str, Any]
    evidence: Evidence
    late: bool = False


@dataclass(frozen=True)
class Reset:
    title: str | None


@dataclass(frozen=True)
class Retraction:
    """Of the event number ``index``, counted round and round."""

    index: int


@dataclass(frozen=True)
class Edit:
    """Steps called in ``rewritten`` say something new, and ``change`` says what that means."""

    steps: tuple[StepDraft, ...]
    policy: AddedPolicy
    change: Change = Change.MINOR
    rewritten: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pin:
    """To the revision number ``index``, counted round and round; ``None`` follows the latest."""

    index: int | None


@dataclass(frozen=True)
class Reopening:
    pass


Act = Happening | Reset | Retraction | Edit | Pin | Reopening


def from_browser() -> st.SearchStrategy[Happening]:
    watched = st.lists(intervals, min_size=1, max_size=3)
    told = st.one_of(
        st.just((Verb.VIEWED, {}, Evidence.SEEN)),
        st.just((Verb.DECLARED_DONE, {}, Evidence.SELF)),
        watched.map(lambda these: (Verb.PROGRESSED, {"intervals": these}, Evidence.MACHINE_CLIENT)),
    )
    return st.builds(
        lambda title, what, late: Happening(title, what[0], what[1], what[2], late),
        titles,
        told,
        st.booleans(),
    )


def reports(most: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """What a runtime says of an attempt, one of ``most``, at a package."""
    points = st.none() | st.integers(0, 10)
    return st.builds(
        lambda number, completed, passed, earned, possible: {
            "attempt": f"run {number}",
            "number": number,
            "completed": completed,
            "passed": passed,
            "earned": earned,
            "possible": possible,
        },
        st.integers(1, most),
        st.booleans(),
        st.none() | st.booleans(),
        points,
        points,
    )


def from_package() -> st.SearchStrategy[Happening]:
    return st.builds(
        lambda title, told: Happening(title, Verb.GRADED, told, Evidence.MACHINE_CLIENT),
        titles,
        reports(3),
    )


def from_server() -> st.SearchStrategy[Happening]:
    attempt = st.sampled_from(["first", "second", "third"])
    numbers = st.integers(1, 3)
    said = st.one_of(
        st.builds(lambda a: (Verb.ANSWERED, {"attempt": a}, Evidence.MACHINE_SERVER), attempt),
        st.builds(
            lambda a, earned: (
                Verb.GRADED,
                {"attempt": a, "earned": earned, "possible": 100},
                Evidence.MACHINE_SERVER,
            ),
            attempt,
            st.integers(0, 100),
        ),
        numbers.map(lambda n: (Verb.SUBMITTED, {"number": n}, Evidence.SELF)),
        st.booleans().map(lambda yes: (Verb.GRADED, {"accepted": yes}, Evidence.TEACHER)),
        st.just((Verb.OVERRIDDEN, {"reason": "on paper"}, Evidence.TEACHER)),
        st.sampled_from([Evidence.TEACHER, Evidence.MACHINE_SERVER]).map(
            lambda by: (Verb.IMPORTED, {"reason": "there", "source": "School"}, by)
        ),
    )
    return st.builds(lambda title, what: Happening(title, *what), titles, said)


def drafts() -> st.SearchStrategy[tuple[StepDraft, ...]]:
    """Some of the steps in any order, with any rules; at least one is required."""

    def shaped(
        names: list[str], data: list[tuple[bool, int, Rule, Ages | None]]
    ) -> tuple[StepDraft, ...]:
        steps = [
            text_step(name, required=required, weight=weight, rule=rule, ages=ages)
            for name, (required, weight, rule, ages) in zip(names, data, strict=False)
        ]
        if not any(step.required for step in steps):
            steps[0] = replace(steps[0], required=True)
        return tuple(steps)

    ages = st.sampled_from([None, None, Ages(None, 9), Ages(10, None)])
    settings = st.tuples(st.booleans(), st.integers(1, 3), st.sampled_from(RULES), ages)
    return st.builds(
        shaped,
        st.lists(titles, unique=True, min_size=1, max_size=len(TITLES)),
        st.lists(settings, min_size=len(TITLES), max_size=len(TITLES)),
    )


def edits() -> st.SearchStrategy[Edit]:
    rewritten = st.frozensets(titles, max_size=3)
    return st.builds(Edit, drafts(), st.sampled_from(POLICIES), st.sampled_from(Change), rewritten)


def histories(most: int = 30) -> st.SearchStrategy[list[Act]]:
    acts = st.one_of(
        from_browser(),
        from_server(),
        from_package(),
        from_browser(),
        edits(),
        st.builds(Reset, st.none() | titles),
        st.builds(Retraction, st.integers(0, 50)),
        st.builds(Pin, st.none() | st.integers(0, 9)),
        st.just(Reopening()),
    )
    return st.lists(acts, max_size=most)


def draft_of(edit: Edit, edition: int = 1) -> CourseDraft:
    """Two lessons, so that a step that is moved may change its lesson."""
    half = (len(edit.steps) + 1) // 2
    steps = [
        replace(step, content={**step.content, "body": f"<p>{edition}</p>"})
        if step.title in edit.rewritten
        else step
        for step in edit.steps
    ]
    lessons = [
        lesson_of(some, title=title, change=edit.change, reason="new")
        for title, some in (("1", steps[:half]), ("2", steps[half:]))
    ]
    return course_of(*(lesson for lesson in lessons if lesson.steps))


@dataclass
class World:
    """A learner's state continued act by act, beside all that a replay needs; no database."""

    revisions: list[Revision] = field(default_factory=list)
    entries: list[LogEntry] = field(default_factory=list)
    earlier: dict[str, StepRef] = field(default_factory=dict)
    state: LearnerState = field(default_factory=lambda: LearnerState(revision_n=1))
    epoch: int = 0

    @property
    def now(self) -> datetime:
        return NOON + timedelta(minutes=len(self.entries) + len(self.revisions))

    @property
    def current(self) -> Revision:
        """The revision that the learner works by."""
        return self.revisions[(self.state.pinned_n or 0) - 1]

    def act(self, act: Act) -> None:
        match act:
            case Edit():
                self.publish(act)
            case Reset():
                if act.title is None or act.title in self.titles:
                    self.epoch += 1
                    self.append(act.title, Verb.RESET, {}, Evidence.TEACHER)
            case Retraction() if self.entries:
                entry = self.entries[act.index % len(self.entries)]
                self.append(None, Verb.RETRACTED, {"event": entry.uid}, Evidence.TEACHER)
            case Pin():
                n = None if act.index is None else act.index % len(self.revisions) + 1
                payload = {"revision": n, "reason": "steady"}
                self.append(None, Verb.PINNED, payload, Evidence.TEACHER)
            case Reopening() if self.state.finished:
                self.epoch += 1
                self.append(None, Verb.REOPENED, {"reason": "more"}, Evidence.TEACHER)
            case Happening() if act.title in self.titles:
                epoch = max(0, self.epoch - act.late)
                self.append(act.title, act.verb, act.payload, act.evidence, epoch)

    @property
    def titles(self) -> set[str]:
        return {step.title for step in self.current.outline.steps}

    def publish(self, edit: Edit) -> None:
        n = len(self.revisions) + 1
        draft = draft_of(edit)
        outline = compile_outline(
            draft,
            names=[step.title for _lesson, step in draft.places()],
            versions=[n if step.title in edit.rewritten else 0 for step in edit.steps],
            earlier=self.earlier,
            n=n,
            policy=edit.policy,
        )
        self.earlier |= outline.step_by_uid
        self.revisions.append(Revision(n, self.now, outline))
        self.go_on([])

    def append(
        self,
        title: str | None,
        verb: Verb,
        payload: dict[str, Any],
        evidence: Evidence,
        epoch: int | None = None,
    ) -> None:
        seq = len(self.entries) + 1
        entry = LogEntry(
            uid=f"event {seq}",
            seq=seq,
            step_uid=title,
            revision_n=len(self.revisions) if verb is Verb.PINNED else self.current.n,
            verb=verb,
            payload=payload,
            evidence=evidence,
            epoch=self.epoch if epoch is None else epoch,
            effective_at=self.now,
        )
        self.entries.append(entry)
        if verb is Verb.RETRACTED:
            self.state = self.replayed()
        else:
            self.go_on([entry])

    def go_on(self, entries: list[LogEntry]) -> None:
        """As the database does it: from the stored form of the state."""
        kept = json.loads(json.dumps(state_to_json(self.state)))
        state = state_from_json(
            kept, revision_n=self.state.revision_n, seq=self.state.seq, epoch=self.state.epoch
        )
        self.state = advance(state, entries, self.revisions, ADMISSION)

    def replayed(self) -> LearnerState:
        return replay(self.entries, self.revisions, ADMISSION)

    @property
    def done(self) -> set[str]:
        return {uid for uid, facts in self.state.steps.items() if facts.done}
