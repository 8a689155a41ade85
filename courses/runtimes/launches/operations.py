"""Opening attempts, and taking what packages report of them."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.foundation.conf import conf
from courses.runtimes.delivery.queries import site_origin
from courses.runtimes.launches.builders import Played, statements_of
from courses.runtimes.launches.errors import LaunchExpired, NotReady
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.launches.queries import answer_of
from courses.runtimes.launches.rules import (
    RUN_LENGTH,
    Answer,
    Result,
    Score,
    fitting,
    fitting_text,
    joined,
)
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.signals import AttemptReport, attempt_moved
from courses.runtimes.xapi.operations import keep

TOKEN_BYTES = 32
TRIES = 5
MOST_ATTEMPTS = 1_000
"""In one step of one place: more are no learner's, but a script's."""
LAST_WORDS = timedelta(minutes=1)
ANSWER_FIELDS = (
    *("number", "kind", "text", "response", "right", "is_right"),
    *("earned", "possible", "seconds"),
)


@dataclass(frozen=True, slots=True)
class OpenedLaunch:
    """``token`` is told once, here; ``attempt`` is ``None`` in a preview."""

    token: str
    version: PackageVersion
    attempt: Attempt | None


@transaction.atomic
def open_launch(
    *,
    place: str,
    step: UUID,
    epoch: int,
    learner_key: UUID,
    package: Package,
    again: bool = False,
    at: datetime,
) -> OpenedLaunch:
    """Open the learner's attempt at ``package`` in one step of one place, with a new token.

    An open attempt is gone on with, and keeps its version; parallel launches share it. A finished
    one is opened again to be looked at, unless a new attempt is asked for with ``again``. Attempts
    of another epoch, or at another package that the step had, are history.

    Raises:
        NotReady: no version of the package is ready.
    """
    if package.current is None:
        raise NotReady
    for tries_left in reversed(range(TRIES)):
        attempts = _locked_attempts(place, step)
        own = [one for one in attempts if one.epoch == epoch and one.package_id == package.pk]
        last = own[-1] if own else None
        has_many = len(attempts) >= MOST_ATTEMPTS
        if last is not None and (has_many or not (again and last.finished_at)):
            return _launch_of(last.version, last, at)
        new = Attempt(
            place=place,
            step=step,
            epoch=epoch,
            learner_key=learner_key,
            package=package,
            version=package.current,
            number=attempts[-1].number + 1 if attempts else 1,
            opened_at=at,
            last_at=at,
        )
        try:
            with transaction.atomic():
                new.save()
        except IntegrityError:
            # The very first attempt has nothing to lock: another tab was quicker.
            if not tries_left:
                raise
        else:
            break
    return _launch_of(new.version, new, at)


def _locked_attempts(place: str, step: UUID) -> list[Attempt]:
    """All attempts in the step by number; while there is one, nobody else begins another.

    They are read once more after the lock: it may have been waited for, and one be new since.
    """
    of_step = Attempt.objects.filter(place=place, step=step).order_by("number")
    of_step.lock()
    return list(of_step.select_related("package", "version__package"))


def open_preview(
    *, version: PackageVersion, of: Attempt | None = None, at: datetime
) -> OpenedLaunch:
    """A launch of which nothing is kept, for those who may see the version.

    It shows the attempt ``of`` as its learner has left it, to those who may see that one too.
    """
    return _launch_of(version, None, at, shown=of)


def _launch_of(
    version: PackageVersion, attempt: Attempt | None, at: datetime, shown: Attempt | None = None
) -> OpenedLaunch:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Launch.objects.create(
        token_hash=hash_of(token),
        version=version,
        attempt=attempt,
        shown=shown,
        opened_at=at,
        expires_at=at + timedelta(hours=conf.OPORA_LAUNCH_HOURS),
    )
    return OpenedLaunch(token, version, attempt)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def launch_by(token: str, *, at: datetime) -> Launch:
    """The launch of a token, with its attempt and version.

    Raises:
        LaunchExpired: there is none, or its hours are over at ``at``.
    """
    launches = Launch.objects.select_related("version__package", "attempt", "shown")
    launch = launches.filter(token_hash=hash_of(token), expires_at__gt=at).first()
    if launch is None:
        raise LaunchExpired
    return launch


@transaction.atomic
def take_result(*, launch: Launch, run: str, result: Result, at: datetime) -> Attempt | None:
    """Join ``result`` into the attempt of ``launch`` and tell the world once what has changed.

    ``run`` names one playing of the content from its start to its end. A final result of another
    run than the one that finished the attempt is a new attempt: the learner pressed the content's
    own "try again". What such a run says before its end is left aside, so that the finished
    attempt stays as it was. Taking the same result twice, or twenty times at once, changes nothing
    more. Returns the attempt as it stands, ``None`` for a preview.
    """
    if launch.attempt is None:
        return None
    result, run = fitting(result), fitting_text(run, RUN_LENGTH)
    attempt, is_meant = _attempt_of_run(launch, launch.attempt, run, result, at)
    known = _known(attempt)
    now = joined(known, result)
    answers = _new_answers(attempt, result.answers) if is_meant else []
    if not is_meant or (now == known and not answers):
        return attempt
    _keep_answers(attempt, answers, at)
    statements = statements_of(
        _played(attempt),
        site=site_origin(),
        known=known if attempt.moves else None,
        now=now,
        answers=answers,
        at=at,
    )
    keep(statements, at=at)
    attempt.completed, attempt.passed, attempt.seconds = now.completed, now.passed, now.seconds
    if now.score is not None:
        attempt.earned, attempt.possible = now.score.earned, now.score.possible
    if now.is_final and attempt.finished_at is None:
        attempt.finished_at = at
        attempt.run = run
    attempt.last_at = at
    # Time that passes and answers that wait for the end are no news to the world.
    is_news = not attempt.moves or replace(now, seconds=known.seconds) != known
    attempt.moves += is_news
    attempt.save()
    if is_news:
        attempt_moved.send(Attempt, report=report_on(attempt, at))
    return attempt


def _attempt_of_run(
    launch: Launch, launched: Attempt, run: str, result: Result, at: datetime
) -> tuple[Attempt, bool]:
    """The attempt that the run belongs to, locked, and whether the result is meant for it.

    Raises:
        LaunchExpired: the attempt was erased.
    """
    attempts = _locked_attempts(launched.place, launched.step)
    own = next((one for one in attempts if one.pk == launched.pk), None)
    if own is None:
        raise LaunchExpired
    siblings = [
        one for one in attempts if (one.epoch, one.package_id) == (own.epoch, own.package_id)
    ]
    same_run = next((one for one in siblings if run and one.run == run), None)
    if same_run is not None:
        return same_run, True
    if own.finished_at is None or not run:
        return own, True
    still_open = next((one for one in siblings if one.finished_at is None), None)
    has_many = still_open is None and len(attempts) >= MOST_ATTEMPTS
    if not result.is_final or has_many:
        return own, False
    attempt = still_open or _next_attempt(own, attempts[-1].number + 1, at)
    Launch.objects.filter(pk=launch.pk).update(attempt=attempt)
    return attempt, True


def _next_attempt(finished: Attempt, number: int, at: datetime) -> Attempt:
    """A new attempt in the same place at the same version."""
    return Attempt.objects.create(
        place=finished.place,
        step=finished.step,
        epoch=finished.epoch,
        learner_key=finished.learner_key,
        package=finished.package,
        version=finished.version,
        number=number,
        opened_at=at,
        last_at=at,
    )


def _played(attempt: Attempt) -> Played:
    return Played(
        uid=attempt.uid,
        learner=attempt.learner_key,
        step=attempt.step,
        package=attempt.package.uid,
        title=attempt.package.title,
        version=attempt.version.number,
        opened_at=attempt.opened_at,
    )


def _known(attempt: Attempt) -> Result:
    score = None
    if attempt.earned is not None and attempt.possible is not None:
        score = Score(attempt.earned, attempt.possible)
    return Result(
        is_final=attempt.finished_at is not None,
        completed=attempt.completed,
        passed=attempt.passed,
        score=score,
        seconds=attempt.seconds,
    )


def _new_answers(attempt: Attempt, answers: Iterable[Answer]) -> list[Answer]:
    """Those that say something else than what is kept of the question."""
    kept = {row.key: answer_of(row) for row in attempt.interactions.all()}
    return [answer for answer in answers if kept.get(answer.key) != answer]


def _keep_answers(attempt: Attempt, answers: Iterable[Answer], at: datetime) -> None:
    rows = [
        Interaction(
            attempt=attempt,
            key=answer.key,
            number=answer.number,
            kind=answer.kind,
            text=answer.text,
            response=answer.response,
            right=answer.right,
            is_right=answer.is_right,
            earned=answer.score.earned if answer.score is not None else None,
            possible=answer.score.possible if answer.score is not None else None,
            seconds=answer.seconds,
            at=at,
        )
        for answer in answers
    ]
    Interaction.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["attempt", "key"],
        update_fields=[*ANSWER_FIELDS, "at"],
    )


def sweep_launches(*, at: datetime) -> int:
    """Delete the tokens whose hours were over at ``at``; how many they were."""
    return Launch.objects.filter(expires_at__lte=at).delete()[0]


def end_launches(*, learner_keys: Iterable[UUID], at: datetime) -> None:
    """Let the tokens of these learners end, as when they sign out.

    They are good for a minute more: a page that is being left still sends what was not saved.
    """
    over = at + LAST_WORDS
    of_learners = Launch.objects.filter(attempt__learner_key__in=learner_keys)
    of_learners.filter(expires_at__gt=over).update(expires_at=over)


def report_on(attempt: Attempt, at: datetime) -> AttemptReport:
    """How the attempt stands, in the words of the signal."""
    return AttemptReport(
        place=attempt.place,
        step=attempt.step,
        epoch=attempt.epoch,
        attempt=attempt.uid,
        number=attempt.number,
        move=attempt.moves,
        is_finished=attempt.finished_at is not None,
        completed=attempt.completed,
        passed=attempt.passed,
        earned=attempt.earned,
        possible=attempt.possible,
        at=at,
    )
