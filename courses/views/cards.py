"""A course as a person's home shows it: how far it is, and where to go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.enrolments.models import Enrolment
from courses.lessons.rules import LessonRef
from courses.progress.queries import Place, places_of, with_progress


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A learner's place with its counts.

    ``lesson`` is where the learner goes on, with its ``number`` and the ``minutes_left`` in it.
    ``opens_at`` is set where nothing is left but a lesson whose day has not come.
    """

    place: Place
    lessons_done: int
    lessons_asked: int
    percent: int | None
    lesson: LessonRef
    number: int
    minutes_left: int
    opens_at: datetime | None

    @property
    def course(self):
        return self.place.enrolment.course

    @property
    def is_finished(self) -> bool:
        return self.place.state.finished is not None


def cards_of(learners: Iterable[Any], *, at: datetime) -> dict[int, list[PlaceCard]]:
    """The active places of each learner by account id: what was worked at last comes first.

    One query, whatever the number of learners and courses.
    """
    cards: dict[int, list[PlaceCard]] = {learner.pk: [] for learner in learners}
    enrolments = Enrolment.objects.active().filter(learner__in=list(cards))
    places = places_of(with_progress(enrolments).select_related("course__topic").order_by())
    for place in sorted(places, key=_last_touched, reverse=True):
        cards[place.enrolment.learner_id].append(_card_of(place, at))
    return cards


def _last_touched(place: Place) -> datetime:
    state = getattr(place.enrolment, "state", None)
    touched_at = state.last_activity_at if state is not None else None
    return touched_at or place.enrolment.enrolled_at


def _card_of(place: Place, at: datetime) -> PlaceCard:
    done, asked = place.lesson_counts
    step = place.resume(at)
    lesson = place.outline.lesson_by_step[step.uid]
    closed = next((one for one in place.outline.lessons if not place.is_open(one, at)), None)
    return PlaceCard(
        place=place,
        lessons_done=done,
        lessons_asked=asked,
        percent=place.counts.percent,
        lesson=lesson,
        number=place.lesson_number(lesson),
        minutes_left=place.minutes_left(lesson),
        opens_at=closed.available_from if closed is not None and place.is_done(step) else None,
    )
