"""Many learners with a life already lived: copies of what one learner did."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from courses.api import Course, Enrolment, Evidence, Verb, enrol, place_of, record, with_progress
from courses.people.api import ChildProfile, create_child

AT_ONCE = 500
BEGAN = timedelta(days=20)


def make_children(prefix: str, count: int) -> list[Any]:
    """``count`` children's accounts; nobody can sign in to them with a password."""
    accounts = get_user_model()
    unusable = make_password(None)
    users = [
        accounts(**{accounts.USERNAME_FIELD: f"{prefix}-{number}"}, password=unusable)
        for number in range(count)
    ]
    with transaction.atomic():
        users = accounts.objects.bulk_create(users, batch_size=AT_ONCE)
        ChildProfile.objects.bulk_create(
            [
                ChildProfile(user=user, display_name=f"Маша {n}.", birth_year=2016, birth_month=3)
                for n, user in enumerate(users)
            ],
            batch_size=AT_ONCE,
        )
    return users


def fill(course: Course, users: Sequence[Any]) -> list[Enrolment]:
    """Give everybody a place, and to each the first so many steps of a whole way."""
    event_class = apps.get_model("opora_courses", "Event")
    state_class = apps.get_model("opora_courses", "CourseState")
    first = first_learner(course)
    states = list(_states_on_the_way(first))
    log = list(event_class.objects.filter(enrolment=first).order_by("seq"))
    places = []
    for start in range(0, len(users), AT_ONCE):
        with transaction.atomic():
            made = Enrolment.objects.bulk_create(
                [
                    Enrolment(
                        learner=user,
                        course=course,
                        enrolled_at=first.enrolled_at,
                        enrolled_by=user,
                        enrolled_revision_n=first.enrolled_revision_n,
                    )
                    for user in users[start : start + AT_ONCE]
                ]
            )
            lived = [
                (place, number * 7 % len(states)) for number, place in enumerate(made, start=start)
            ]
            event_class.objects.bulk_create(
                [
                    copy_of(event, enrolment=place, uid=uuid.uuid4())
                    for place, steps in lived
                    for event in log[:steps]
                ],
                batch_size=AT_ONCE,
            )
            state_class.objects.bulk_create(
                [copy_of(states[steps], enrolment=place) for place, steps in lived if steps],
            )
        places += made
    return places


def first_learner(course: Course) -> Enrolment:
    child = create_child(
        user_name=f"first-{course.public_id}",
        pin="2580",
        display_name="Первый П.",
        birth_year=2016,
        birth_month=3,
    )
    at = timezone.now() - BEGAN
    return enrol(learner=child.user, course=course, actor=child.user, at=at)


def _states_on_the_way(enrolment: Enrolment) -> Iterator[Any]:
    """The kept state after none, one, two … of the texts; the last one is left undone."""
    place = place_of(with_progress(Enrolment.objects.filter(pk=enrolment.pk)).get())
    texts = [step for step in place.outline.steps if step.kind == "text"]
    yield None
    for number, step in enumerate(texts[:-1], start=1):
        record(
            enrolment=enrolment,
            step_uid=step.uid,
            verb=Verb.VIEWED,
            payload={},
            evidence=Evidence.SEEN,
            at=enrolment.enrolled_at + timedelta(minutes=number),
        )
        yield with_progress(Enrolment.objects.filter(pk=enrolment.pk)).get().state


def copy_of(row: Any, **changes: Any) -> Any:
    """An unsaved copy of a row, with some fields changed."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in changes and not field.primary_key
    }
    return type(row)(**kept, **changes)
