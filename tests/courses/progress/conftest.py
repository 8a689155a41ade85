"""A learner's way through a course, told in the words of the rules."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy, CourseDraft, StepDraft
from courses.progress.models import Completion
from courses.progress.operations import (
    Outcome,
    import_results,
    mark_done,
    pin,
    record,
    replayed,
    reset,
    retract,
    take_in,
    unpin,
)
from courses.progress.queries import Place, place_of, with_progress
from courses.progress.rules import Evidence, Sitting, Verb, state_to_json
from tests.courses.conftest import NOON, draft_of_steps, publish

NO_OFFSET = timedelta(0)


def sitting_of(started_at: datetime, offset: timedelta = NO_OFFSET) -> Sitting:
    """A page opened at that moment, as no other page."""
    return Sitting(started_at, offset, uuid.uuid4())


@dataclass
class Journey:
    """A learner's place on a course; each thing that happens takes a minute."""

    course: Course
    enrolment: Enrolment
    clock: Iterator[datetime] = field(
        default_factory=lambda: (NOON + timedelta(minutes=n) for n in range(1, 100_000))
    )

    def uid(self, title: str) -> str:
        """The uid of the step of that title in the latest revision that had it."""
        for revision in self.course.revisions.order_by("-n"):
            for step in outline_by_id(revision.pk).steps:
                if step.title == title:
                    return step.uid
        raise LookupError(title)

    def see(self, *titles: str) -> None:
        for title in titles:
            self.record(title, Verb.VIEWED, Evidence.SEEN)

    def grade(self, title: str, *, attempt: str, earned: int, possible: int = 100) -> None:
        payload = {"attempt": attempt, "earned": earned, "possible": possible}
        self.record(title, Verb.GRADED, Evidence.MACHINE_SERVER, **payload)

    def report(self, title: str, *, attempt: str, number: int, **said: Any) -> None:
        """What a package's runtime reports of an attempt."""
        silent = {"completed": False, "passed": None, "earned": None, "possible": None}
        payload = {"attempt": attempt, "number": number, **silent, **said}
        self.record(title, Verb.GRADED, Evidence.MACHINE_CLIENT, **payload)

    def record(self, title: str, verb: Verb, evidence: Evidence, **payload: Any) -> None:
        record(
            enrolment=self.enrolment,
            step_uid=self.uid(title),
            verb=verb,
            payload=payload,
            evidence=evidence,
            at=next(self.clock),
        )

    def raw(self, title: str, verb: str = "viewed", **fields: Any) -> dict[str, Any]:
        """An event as a browser sends it."""
        return {"id": str(uuid.uuid4()), "step": self.uid(title), "verb": verb, **fields}

    def send(
        self,
        *raw_events: Any,
        sitting: Sitting | None = None,
        at: datetime | None = None,
    ) -> list[Outcome]:
        """Send a batch from a page that was opened at noon with a right clock."""
        outcomes, _place = take_in(
            learner=self.enrolment.learner,
            enrolment_uid=self.enrolment.uid,
            raw_events=raw_events,
            sitting=sitting or sitting_of(NOON, NO_OFFSET),
            at=at or next(self.clock),
        )
        return outcomes

    def publish(
        self,
        *steps: StepDraft | str,
        draft: CourseDraft | None = None,
        policy: AddedPolicy = AddedPolicy.OPTIONAL_FOR_ACTIVE,
    ) -> datetime:
        """Publish the course anew; returns the moment."""
        at = next(self.clock)
        publish(self.course, draft or draft_of_steps(*steps), policy=policy, at=at)
        self.course.refresh_from_db()
        return at

    @property
    def teacher(self) -> Any:
        return self.course.teacher.user

    @property
    def head(self) -> Any:
        """Somebody who may do everything."""
        users = get_user_model().objects
        return users.filter(is_superuser=True).first() or users.create_superuser("head")

    def tick(self, title: str) -> None:
        """The teacher marks a step as done."""
        mark_done(
            enrolment=self.enrolment,
            step_uid=self.uid(title),
            reason="done on paper",
            actor=self.teacher,
            at=next(self.clock),
        )

    def reset(self, title: str | None = None) -> None:
        reset(
            enrolment=self.enrolment,
            step_uid=self.uid(title) if title else None,
            reason="let us try again",
            actor=self.teacher,
            at=next(self.clock),
        )

    def pin(self, revision_n: int) -> None:
        pin(revision_n=revision_n, **self._said("you are nearly done"))

    def unpin(self) -> None:
        unpin(**self._said("there is news"))

    def learned_elsewhere(self, *titles: str) -> None:
        import_results(
            step_uids=[self.uid(title) for title in titles],
            source="School No. 5",
            **self._said("seen the paper"),
        )

    def _said(self, reason: str) -> dict[str, Any]:
        at = next(self.clock)
        return {"enrolment": self.enrolment, "reason": reason, "actor": self.teacher, "at": at}

    def retract(self, event_uid: str) -> None:
        retract(
            enrolment=self.enrolment,
            event_uid=event_uid,
            reason="that was not you",
            actor=self.teacher,
            at=next(self.clock),
        )

    @property
    def place(self) -> Place:
        """The place as the database has it now."""
        return place_of(with_progress(Enrolment.objects.filter(pk=self.enrolment.pk)).get())

    @property
    def numbers(self) -> tuple[int, int, int | None]:
        """Done, required, per cent."""
        counts = self.place.counts
        return counts.done, counts.required, counts.percent

    @property
    def completion(self) -> Completion | None:
        """The one completion, or ``None``."""
        return Completion.objects.filter(enrolment=self.enrolment).first()

    def is_done(self, title: str) -> bool:
        facts = self.place.state.steps.get(self.uid(title))
        return facts is not None and facts.done is not None

    def refuse_drift(self) -> None:
        """Assert that what is kept is what a replay of the log gives (R16)."""
        place = self.place
        by_replay = replayed(place.enrolment)
        assert state_to_json(place.state) == state_to_json(by_replay)
        assert place.state == by_replay


@pytest.fixture
def journey(a_course, a_place) -> Iterator[Callable[..., Journey]]:
    """``journey("a", "b")``: Masha on a course of these steps.

    When the test ends, every kept state must equal its replay.
    """
    begun: list[Journey] = []

    def begin(*steps: StepDraft | str, learner=None, draft: CourseDraft | None = None) -> Journey:
        course = a_course(*steps, draft=draft)
        begun.append(Journey(course, a_place(course, learner)))
        return begun[-1]

    yield begin
    for one in begun:
        one.refuse_drift()
