"""Learners of a course with packages who have played before: copies of what one learner did."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from cms.bench.cases import place
from cms.bench.frames import Frame, h5p_report, scorm_commit
from cms.bench.learners import AT_ONCE, copy_of, first_learner
from courses.api import Course, Enrolment, package_of_step
from courses.foundation.ids import public_id
from courses.runtimes.api import Attempt, open_launch

OF_ATTEMPTS = ("Interaction", "ScoState")


def fill(course: Course, users: Sequence[Any], *, past: int) -> list[Enrolment]:
    """Give everybody a place, and ``past`` finished attempts at each of its packages."""
    first = first_learner(course)
    for number in range(past):
        for step in package_steps(first):
            _play(frame_of(first, step), f"past-{number}")
    life = _Life(first)
    places: list[Enrolment] = []
    for start in range(0, len(users), AT_ONCE):
        with transaction.atomic():
            made = Enrolment.objects.bulk_create(
                [
                    copy_of(first, uid=public_id(), learner=user, learner_key=uuid.uuid4())
                    for user in users[start : start + AT_ONCE]
                ]
            )
            for one in made:
                life.again(one)
        places += made
    return places


def package_steps(enrolment: Enrolment) -> list[Any]:
    """The steps that play something, in the order of the course."""
    return [step for step in place(enrolment).outline.steps if step.kind == "package"]


def frame_of(enrolment: Enrolment, step: Any) -> Frame:
    """A new attempt of the learner."""
    package = package_of_step(step)
    if package is None:
        raise LookupError(f"Nothing to play in {step.title}.")
    return Frame(
        open_launch(
            place=enrolment.uid,
            step=uuid.UUID(step.uid),
            epoch=0,
            learner_key=enrolment.learner_key,
            package=package,
            again=True,
            at=timezone.now(),
        )
    )


def _play(frame: Frame, mark: str) -> None:
    if frame.path.startswith("/h5p/"):
        frame.send("results", h5p_report(mark))
    else:
        session, _address = frame.open_lesson()
        frame.send(f"commit/{session}", scorm_commit([mark], is_last=True))


class _Life:
    """All rows of one learner's playing, to be lived again by others."""

    def __init__(self, enrolment: Enrolment) -> None:
        self.attempts = list(Attempt.objects.filter(place=enrolment.uid))
        self.of_attempts = [
            row
            for name in OF_ATTEMPTS
            for row in _rows("opora_runtimes", name, attempt__in=self.attempts)
        ]
        self.statements = list(_rows("opora_runtimes", "Statement", actor=enrolment.learner_key))
        self.events = list(_rows("opora_courses", "Event", enrolment=enrolment))
        self.states = list(_rows("opora_courses", "CourseState", enrolment=enrolment))

    def again(self, enrolment: Enrolment) -> None:
        """Write the rows as those of another place."""
        key = enrolment.learner_key
        played = Attempt.objects.bulk_create(
            [
                copy_of(one, uid=public_id(), place=enrolment.uid, learner_key=key)
                for one in self.attempts
            ]
        )
        attempts = {old.pk: new for old, new in zip(self.attempts, played, strict=True)}
        _keep([copy_of(row, attempt=attempts[row.attempt_id]) for row in self.of_attempts])
        _keep(
            [
                copy_of(row, id=uuid.uuid4(), actor=key, registration=uuid.uuid4())
                for row in self.statements
            ]
        )
        _keep([copy_of(row, enrolment=enrolment, uid=uuid.uuid4()) for row in self.events])
        _keep([copy_of(row, enrolment=enrolment) for row in self.states])


def _rows(app: str, model: str, **which: Any) -> Any:
    return apps.get_model(app, model).objects.filter(**which)


def _keep(rows: Sequence[Any]) -> None:
    by_table: Mapping[Any, list[Any]] = {type(row): [] for row in rows}
    for row in rows:
        by_table[type(row)].append(row)
    for table, own in by_table.items():
        table.objects.bulk_create(own, batch_size=AT_ONCE)
