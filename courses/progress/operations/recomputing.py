"""Bringing learners up to what was published: recounting, and asking for changed steps anew."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from courses.catalogue.models import CourseRevision
from courses.enrolments.models import Enrolment
from courses.progress.models import Completion, CourseState, Event
from courses.progress.operations.appending import (
    append,
    completion_of,
    keep,
    latch,
    locked,
    replayed,
    row_of,
    said,
)
from courses.progress.queries import Place, place_of, revisions_since, state_of, with_progress
from courses.progress.rules import Evidence, LearnerState, Redo, Verb, asked_again, redos_of

RECOMPUTE_BATCH = 200


def recompute_course(*, course_id: int) -> int:
    """Bring every kept state of a course up to its current revision; returns how many moved.

    Those whose steps were changed so that they have to be done again are asked to. Set-based, in
    batches of a transaction each; safe to run twice.
    """
    moved = 0
    behind = Enrolment.objects.active().filter(course_id=course_id)
    last_pk = 0
    while True:
        with transaction.atomic():
            next_ones = behind.filter(pk__gt=last_pk).order_by("pk")[:RECOMPUTE_BATCH]
            batch = list(with_progress(next_ones.lock()))
            if not batch:
                return moved
            last_pk = batch[-1].pk
            moved += _bring_up_to_date(batch)
            redo_changed_steps(batch)


def _bring_up_to_date(batch: Iterable[Enrolment]) -> int:
    states, completions = [], []
    for enrolment in batch:
        kept = getattr(enrolment, "state", None)
        if kept is None or kept.revision_n == enrolment.revision_n:
            continue
        state = state_of(enrolment)
        row = row_of(enrolment, state)
        row.last_activity_at = kept.last_activity_at
        states.append(row)
        enrolment.state = row
        if state.finished is not None and kept.finished_at is None:
            completions.append(completion_of(enrolment, state.finished))
    CourseState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["revision_n", "as_of_seq", "facts", "done", "required", "finished_at"],
    )
    Completion.objects.bulk_create(completions, ignore_conflicts=True)
    return len(states)


@transaction.atomic
def recompute(*, enrolment: Enrolment) -> LearnerState:
    """Replay the whole log of one place and keep the result."""
    enrolment, _seen = locked(Enrolment.objects.filter(pk=enrolment.pk))
    state = replayed(enrolment)
    keep(enrolment, state)
    latch(enrolment, state)
    return state


def redo_changed_steps(batch: Sequence[Enrolment]) -> None:
    """Reset the steps that these learners did before an editor asked for them anew (R7).

    The places are locked and of one course. What was done in the changed step itself stays, so
    that running it twice resets nothing twice.
    """
    revisions = revisions_since(batch[0], 1) if batch else []
    if not redos_of(revisions):
        return
    asked: list[tuple[Place, dict[str, Redo]]] = []
    for enrolment in batch:
        place = place_of(enrolment)
        known = [revision for revision in revisions if revision.n <= place.state.revision_n]
        redos = asked_again(redos_of(known), place.state)
        if redos:
            asked.append((place, redos))
    done_under = _revisions_of_events(asked)
    for place, redos in asked:
        stale = {
            uid: redo
            for uid, redo in redos.items()
            if _was_done_under(place, uid, done_under) < redo.revision_n
        }
        if stale:
            _ask_again(place, stale)


def _was_done_under(place: Place, uid: str, done_under: Mapping[tuple[int, int], int]) -> int:
    """The number of the revision that a done step was done under."""
    done = place.state.steps[uid].done
    if done is None:
        raise LookupError(uid)
    return done.revision_n or done_under[place.enrolment.pk, done.seq]


def _revisions_of_events(
    asked: Sequence[tuple[Place, Mapping[str, Redo]]],
) -> dict[tuple[int, int], int]:
    """``(place, seq): number of the revision`` of all events on the steps asked again."""
    events = Event.objects.filter(
        enrolment__in=[place.enrolment.pk for place, _redos in asked],
        step_id__in={uid for _place, redos in asked for uid in redos},
    )
    rows = events.values_list("enrolment_id", "seq", "revision_n")
    return {(place, seq): revision_n for place, seq, revision_n in rows}


def _ask_again(place: Place, stale: Mapping[str, Redo]) -> None:
    enrolment = place.enrolment
    numbers = {redo.revision_n for redo in stale.values()}
    authors = CourseRevision.objects.filter(course=enrolment.course_id, n__in=numbers)
    author_of = {one.n: one.author for one in authors.select_related("author").defer("outline")}
    enrolment.epoch += 1
    Enrolment.objects.filter(pk=enrolment.pk).update(epoch=enrolment.epoch)
    events = [
        said(
            place,
            Verb.RESET,
            {"reason": redo.reason, "revision": redo.revision_n},
            step_uid=uid,
            evidence=Evidence.TEACHER,
            actor=author_of[redo.revision_n],
            at=redo.published_at,
            number=number,
        )
        for number, (uid, redo) in enumerate(stale.items(), start=1)
    ]
    append(place, events)
