"""Proving, or making, the kept progress equal to a replay of the log (R16)."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.progress.models import Completion
from courses.progress.operations import recompute
from courses.progress.queries import admission_of, log_of, revisions_since, with_progress
from courses.progress.rules import Finished, count_steps, replay, state_to_json

BATCH = 200


class Command(BaseCommand):
    """Memory stays the same however many places there are: they are read in batches."""

    help = "Fold every learner's log anew and mend the kept progress; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; name the differences and fail if there are any",
        )
        parser.add_argument("--course", metavar="PUBLIC_ID", help="only the places of this course")
        parser.add_argument("--sample", metavar="N", type=int, help="only N places taken by chance")

    def handle(
        self,
        *_args: Any,
        check: bool,
        course: str | None,
        sample: int | None,
        **_options: Any,
    ) -> None:
        """Say what differs, a sentence each; without ``--check`` mend it.

        Raises:
            CommandError: with ``--check``, when something differs; or there is no such course.
        """
        places = Enrolment.objects.filter(course__current_revision__isnull=False)
        if course is not None:
            if not Course.objects.filter(public_id=course).exists():
                raise CommandError(f"There is no course {course}.")
            places = places.filter(course__public_id=course)
        if sample is not None:
            chosen = places.order_by("?").values_list("pk", flat=True)[:sample]
            places = places.filter(pk__in=list(chosen))
        total = different = 0
        for enrolment in in_batches(places):
            total += 1
            sentence = difference_of(enrolment) and difference_when_locked(
                enrolment, mend=not check
            )
            if sentence:
                different += 1
                self.stdout.write(sentence)
        if check and different:
            raise CommandError(f"{different} of {total} places differ from their logs.")
        done = "differ from their logs" if check else "mended"
        self.stdout.write(f"{different} of {total} places {done}.")


def in_batches(places: QuerySet[Enrolment]) -> Iterator[Enrolment]:
    """The places with all that is kept of them, in the order of their keys."""
    last_pk = 0
    while batch := list(with_progress(places.filter(pk__gt=last_pk).order_by("pk"))[:BATCH]):
        yield from batch
        last_pk = batch[-1].pk


@transaction.atomic
def difference_when_locked(enrolment: Enrolment, *, mend: bool) -> str | None:
    """Look again while no event can come in between; mend what still differs."""
    enrolment = with_progress(Enrolment.objects.filter(pk=enrolment.pk).lock()).get()
    sentence = difference_of(enrolment)
    if sentence and mend:
        recompute(enrolment=enrolment)
    return sentence


def difference_of(enrolment: Enrolment) -> str | None:
    """How the kept state differs from a replay up to the same revision; ``None`` if it does not."""
    kept = getattr(enrolment, "state", None)
    log = log_of(enrolment)
    if kept is None:
        return f"Place {enrolment.uid}: {len(log)} events, and nothing is kept." if log else None
    newest = max([kept.revision_n, *(entry.revision_n for entry in log)])
    revisions = revisions_since(enrolment, enrolment.enrolled_revision_n)
    known = {it.n: it for it in revisions if it.n <= newest}
    if kept.revision_n not in known:
        return f"Place {enrolment.uid}: kept of revision {kept.revision_n}, before it began."
    admission = admission_of(enrolment)
    state = replay(log, list(known.values()), admission)
    counts = count_steps(known[state.revision_n].outline.steps, state, admission)
    pinned = enrolment.pinned_revision
    compared = {
        "revision": (kept.revision_n, state.revision_n),
        "edition kept to": (pinned.n if pinned is not None else None, state.pinned_n),
        "last event": (kept.as_of_seq, state.seq),
        "resets": (enrolment.epoch, state.epoch),
        "done": (kept.done, counts.done),
        "required": (kept.required, counts.required),
        "finished at": (kept.finished_at, state.finished.at if state.finished else None),
        "completion kept": (is_latched(enrolment, state.finished), True),
        **compare_facts(kept.facts, state_to_json(state)),
    }
    differing = [
        f"{name} is {ours}, by the log {by_log}"
        for name, (ours, by_log) in compared.items()
        if ours != by_log
    ]
    return f"Place {enrolment.uid}: {'; '.join(differing)}." if differing else None


def is_latched(enrolment: Enrolment, finished: Finished | None) -> bool:
    """Whether a course that is finished has the row that says so."""
    if finished is None:
        return True
    return Completion.objects.filter(enrolment=enrolment, epoch=finished.epoch).exists()


def compare_facts(kept: Any, by_log: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """``name: (kept, by the log)`` of all that a state says beside its steps, and of each step."""
    if not isinstance(kept, dict) or not isinstance(kept.get("steps"), dict):
        return {"facts": ("unreadable", "readable")}
    names = {*kept, *by_log} - {"steps"}
    uids = {*kept["steps"], *by_log["steps"]}
    return {name: (kept.get(name), by_log.get(name)) for name in sorted(names)} | {
        f"step {uid}": (kept["steps"].get(uid), by_log["steps"].get(uid)) for uid in sorted(uids)
    }
