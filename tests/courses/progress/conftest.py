"""A learner's way through a course, told in the words of the rules."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy, CourseDraft, StepDraft
from courses.progress.models import Completion
from courses.progress.operations import (
    Outcome,
    mark_done,
    record,
    replayed,
    reset,
    retract,
    take_in,
)
from courses.progress.queries import Place, place_of, with_progress
from courses.progress.rules import Evidence, Sitting, Verb, state_to_json
from tests.courses.conftest import NOON, draft_of_steps, publish

NO_OFFSET = timedelta(0)


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
            sitting=sitting or Sitting(NOON, NO_OFFSET),
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
