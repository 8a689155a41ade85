"""Opening attempts, and taking what packages report of them."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.foundation.conf import conf
from courses.runtimes.launches.errors import LaunchExpired, NotReady
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.launches.rules import Answer, Result, Score, joined
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.signals import AttemptReport, attempt_moved

TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class OpenedLaunch:
    """``token`` is told once, here; ``attempt`` is ``None`` in a preview."""

    token: str
    version: PackageVersion
    attempt: Attempt | None


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
    one is opened again to be looked at, unless a new attempt is asked for with ``again``.

    Raises:
        NotReady: no version of the package is ready.
    """
    if package.current is None:
        raise NotReady
    attempts = Attempt.objects.filter(place=place, step=step).order_by("-number")
    while True:
        last = attempts.select_related("version").first()
        if last is not None and last.epoch == epoch and not (again and last.finished_at):
            return _launch_of(last.version, last, at)
        new = Attempt(
            place=place,
            step=step,
            epoch=epoch,
            learner_key=learner_key,
            package=package,
            version=package.current,
            number=last.number + 1 if last is not None else 1,
            opened_at=at,
            last_at=at,
        )
        try:
            with transaction.atomic():
                new.save()
        except IntegrityError:
            # Another tab was first: its attempt is this one too.
            continue
        return _launch_of(new.version, new, at)


def open_preview(*, version: PackageVersion, at: datetime) -> OpenedLaunch:
    """A launch of which nothing is kept, for those who may see the version."""
    return _launch_of(version, None, at)


def _launch_of(version: PackageVersion, attempt: Attempt | None, at: datetime) -> OpenedLaunch:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Launch.objects.create(
        token_hash=hash_of(token),
        version=version,
        attempt=attempt,
        opened_at=at,
        expires_at=at + timedelta(hours=conf.OPORA_LAUNCH_HOURS),
    )
    return OpenedLaunch(token, version, attempt)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def launch_by(token: str, *, at: datetime) -> Launch:
    """The launch of a token, with its attempt and version.

    Raises:
        LaunchExpired: there is none, or its hours are over at ``at``.
    """
    launches = Launch.objects.select_related("version__package", "attempt")
    launch = launches.filter(token_hash=hash_of(token), expires_at__gt=at).first()
    if launch is None:
        raise LaunchExpired
    return launch


@transaction.atomic
def take_result(*, launch: Launch, run: str, result: Result, at: datetime) -> Attempt | None:
    """Join ``result`` into the attempt of ``launch`` and tell the world once what has changed.

    ``run`` names one playing of the content from its start to its end. A final result of another
    run than the one that finished the attempt is a new attempt: the learner pressed the content's
    own "try again". Taking the same result twice, or twenty times at once, changes nothing more.
    Returns the attempt as it stands, ``None`` for a preview.
    """
    if launch.attempt is None:
        return None
    of_step = Attempt.objects.filter(place=launch.attempt.place, step=launch.attempt.step)
    attempts = {attempt.pk: attempt for attempt in of_step.lock().order_by("number")}
    attempt = attempts[launch.attempt.pk]
    same_run = next((one for one in attempts.values() if one.run == run), None) if run else None
    if same_run is not None:
        attempt = same_run
    elif attempt.finished_at is not None and result.is_final:
        attempt = _next_attempt(attempt, max(one.number for one in attempts.values()), at)
        Launch.objects.filter(pk=launch.pk).update(attempt=attempt)
    known = _known(attempt)
    now = joined(known, result)
    answers_changed = _keep_answers(attempt, result.answers, at)
    if now == known and not answers_changed:
        return attempt
    attempt.completed, attempt.passed, attempt.seconds = now.completed, now.passed, now.seconds
    if now.score is not None:
        attempt.earned, attempt.possible = now.score.earned, now.score.possible
    if now.is_final and attempt.finished_at is None:
        attempt.finished_at = at
        attempt.run = run
    attempt.last_at = at
    attempt.moves += 1
    attempt.save()
    attempt_moved.send(Attempt, report=report_on(attempt, at))
    return attempt


def _next_attempt(finished: Attempt, number: int, at: datetime) -> Attempt:
    """A new attempt in the same place at the same version."""
    return Attempt.objects.create(
        place=finished.place,
        step=finished.step,
        epoch=finished.epoch,
        learner_key=finished.learner_key,
        package_id=finished.package_id,
        version_id=finished.version_id,
        number=number + 1,
        opened_at=at,
        last_at=at,
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


def _keep_answers(attempt: Attempt, answers: Iterable[Answer], at: datetime) -> bool:
    """Write the newest answer to each question; whether any of them is news."""
    kept = {row.key: row for row in attempt.interactions.all()}
    changed = []
    for answer in answers:
        row = kept.get(answer.key) or Interaction(attempt=attempt, key=answer.key)
        values = {
            "number": answer.number,
            "kind": answer.kind,
            "text": answer.text,
            "response": answer.response,
            "right": answer.right,
            "is_right": answer.is_right,
            "earned": answer.score.earned if answer.score else None,
            "possible": answer.score.possible if answer.score else None,
            "seconds": answer.seconds,
        }
        if row.pk is not None and all(getattr(row, name) == new for name, new in values.items()):
            continue
        for name, new in values.items():
            setattr(row, name, new)
        row.at = at
        changed.append(row)
    for row in changed:
        row.save()
    return bool(changed)


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
