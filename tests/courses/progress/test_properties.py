"""What holds for every history of a learner and every edit of the course."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.lessons.rules import AddedPolicy
from courses.progress.rules import (
    Counts,
    Evidence,
    LearnerState,
    Verb,
    advance,
    count_steps,
    percent,
    resume_step,
)
from tests.courses.conftest import NOON, text_step
from tests.courses.progress.histories import (
    ADMISSION,
    Act,
    Edit,
    Happening,
    Reopening,
    Reset,
    Retraction,
    World,
    edits,
    from_browser,
    from_package,
    from_server,
    histories,
)

many = settings(max_examples=150)
FIRST = Edit((text_step("a"), text_step("b")), AddedPolicy.OPTIONAL_FOR_ACTIVE)


def worlds_of(first: Edit, history: list[Act]) -> Iterator[tuple[Act, World]]:
    world = World()
    world.publish(first)
    for act in history:
        world.act(act)
        yield act, world


def counts_of(world: World) -> Counts:
    return count_steps(world.current.outline.steps, world.state, ADMISSION)


@many
@given(edits(), histories())
def test_continuing_a_state_equals_replaying_the_log(first, history):
    for _act, world in worlds_of(first, history):
        assert world.state == world.replayed()


@many
@given(edits(), histories())
def test_the_epoch_of_a_state_is_that_of_the_place(first, history):
    for _act, world in worlds_of(first, history):
        assert world.state.epoch == world.epoch
        assert world.state.seq == len(world.entries)
        assert world.state.revision_n == world.current.n
        assert world.state.pinned_n in {None, world.current.n}


@many
@given(edits(), histories())
def test_no_more_is_done_than_required_and_100_means_all(first, history):
    for _act, world in worlds_of(first, history):
        counts = counts_of(world)
        assert 0 <= counts.done <= counts.required
        assert 0 <= counts.done_weight <= counts.required_weight
        assert (counts.percent is None) == (counts.required == 0)
        assert counts.percent in {None, *range(101)}
        assert (counts.percent == 100) == (0 < counts.required == counts.done)


@many
@given(edits(), histories())
def test_what_is_done_stays_done_but_for_a_teachers_word(first, history):
    done, finished = set(), None
    for act, world in worlds_of(first, history):
        if not isinstance(act, Reset | Retraction):
            assert done <= world.done
            if not isinstance(act, Reopening):
                assert finished is None or world.state.finished == finished
        done, finished = world.done, world.state.finished


@many
@given(edits(), histories())
def test_the_course_is_finished_when_all_that_is_required_is_done(first, history):
    for _act, world in worlds_of(first, history):
        counts = counts_of(world)
        if counts.required and counts.done == counts.required:
            assert world.state.finished is not None


@many
@given(edits(), histories())
def test_who_has_finished_is_asked_for_nothing(first, history):
    for _act, world in worlds_of(first, history):
        if world.state.finished is not None:
            counts = counts_of(world)
            assert counts.done == counts.required
            assert world.state.finished.epoch <= world.state.epoch


@many
@given(edits(), histories(), st.integers(-1, 1))
def test_going_on_never_leads_to_a_step_that_is_gone(first, history, years):
    for _act, world in worlds_of(first, history):
        outline = world.current.outline
        at = NOON + timedelta(days=365 * years)
        step = resume_step(outline, world.state, ADMISSION, at=at)
        assert step in outline.steps
        for lesson in outline.lessons:
            inside = resume_step(outline, world.state, ADMISSION, at=at, within=lesson)
            assert inside in lesson.steps


@many
@given(edits(), st.lists(from_browser() | from_server(), max_size=12), st.randoms())
def test_the_order_of_events_does_not_matter(first, happenings, order):
    shuffled = list(happenings)
    order.shuffle(shuffled)
    assert known_after(first, happenings) == known_after(first, shuffled)


@many
@given(edits(), st.lists(from_browser() | from_package(), max_size=12), st.randoms())
def test_nor_does_that_of_the_reports_of_packages(first, happenings, order):
    """But that one attempt comes after the other; and each of them gives points or does not."""
    alike = [with_points(happening) for happening in happenings]
    shuffled = list(alike)
    order.shuffle(shuffled)
    assert known_after(first, attempts_in_turn(alike)) == known_after(
        first, attempts_in_turn(shuffled)
    )


def with_points(happening: Happening) -> Happening:
    if happening.verb is not Verb.GRADED:
        return happening
    told = dict(happening.payload)
    gives_points = told["number"] < 3
    told["possible"] = 10 if gives_points else None
    told["earned"] = (told["earned"] or 0) if gives_points else None
    return replace(happening, payload=told)


def attempts_in_turn(happenings: list[Happening]) -> list[Happening]:
    reported = (one for one in happenings if one.verb is Verb.GRADED)
    in_turn = iter(sorted(reported, key=lambda one: one.payload["number"]))
    return [next(in_turn) if one.verb is Verb.GRADED else one for one in happenings]


def known_after(first: Edit, happenings: list[Happening]):
    """The joined facts, without the traces of the order: numbers, moments, the last score."""
    world = World()
    world.publish(first)
    for happening in happenings:
        world.act(happening)
    facts = {
        uid: replace(
            facts,
            first_seq=0,
            last_seq=0,
            last_at=NOON,
            last=None,
            done=facts.done and replace(facts.done, at=NOON, seq=0, evidence=Evidence.SEEN),
        )
        for uid, facts in world.state.steps.items()
    }
    return facts, counts_of(world), world.state.finished is not None


@many
@given(edits(), histories(), histories())
def test_a_batch_may_be_cut_anywhere(first, earlier, later):
    """One long batch, or many short ones: the same state."""
    world = World()
    world.publish(first)
    for act in earlier:
        world.act(act)
    before, start = world.state, len(world.entries)
    for act in later:
        if isinstance(act, Happening | Reset):
            world.act(act)
    at_once = advance(before, world.entries[start:], world.revisions, ADMISSION)
    assert at_once == world.state


@many
@given(edits(), histories(), edits())
def test_what_is_added_by_default_asks_nothing_of_those_inside(first, history, edit):
    world = World()
    world.publish(first)
    for act in history:
        if not isinstance(act, Edit):
            world.act(act)
    before = counts_of(world)
    kept = first.steps
    known = {step.title for step in kept}
    added = tuple(step for step in edit.steps if step.title not in known)
    world.publish(Edit((*kept, *added), AddedPolicy.OPTIONAL_FOR_ACTIVE))
    assert counts_of(world) == before


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_percentage_is_never_rounded_up_to_the_end_or_down_to_nothing(done, rest):
    value = percent(done=done, required=done + rest)
    if done + rest == 0:
        assert value is None
    else:
        assert (value == 100) == (rest == 0)
        assert (value == 0) == (done == 0 and rest > 0)


def test_a_retracted_reset_gives_back_what_was_known():
    world = World()
    world.publish(FIRST)
    world.act(Happening("a", Verb.VIEWED, {}, Evidence.SEEN))
    world.act(Reset(None))
    world.act(Retraction(1))
    assert world.done == {"a"}
    assert world.state.epoch == 1


def test_a_state_of_nothing_is_that_of_a_learner_who_never_began():
    world = World()
    world.publish(FIRST)
    assert world.state == LearnerState(revision_n=1)
