"""``manage.py recompute_progress`` finds what differs from the log, and mends it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from cms.tasks import check_progress
from courses.enrolments.models import Enrolment
from courses.lessons.operations import publish_revision
from courses.lessons.rules import AddedPolicy
from courses.progress.models import Completion, CourseState
from courses.progress.operations import replayed
from courses.progress.queries import place_of, with_progress
from tests.courses.conftest import NOON, draft_of_steps

pytestmark = pytest.mark.django_db


def check(*options: str) -> str:
    said = StringIO()
    call_command("recompute_progress", "--check", *options, stdout=said)
    return said.getvalue()


def differences(*options: str) -> list[str]:
    """The sentences of a check that must fail."""
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_progress", "--check", *options, stdout=said)
    return said.getvalue().splitlines()


def mend(*options: str) -> str:
    said = StringIO()
    call_command("recompute_progress", *options, stdout=said)
    return said.getvalue()


def test_honest_rows_have_no_differences(journey):
    masha = journey("a", "b")
    journey("never begun")
    masha.see("a")
    masha.reset("a")
    masha.see("a", "b")
    masha.publish("a", "b", "c", policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)

    assert check() == "0 of 2 places differ from their logs.\n"


TAMPERED: dict[str, dict[str, Any]] = {
    "a number of done steps": {"done": F("done") - 1},
    "a number of required steps": {"required": 9},
    "an event that was not folded": {"as_of_seq": F("as_of_seq") - 1},
    "an event that never was": {"as_of_seq": 77},
    "a finish that never was": {"finished_at": NOON},
    "a revision that never was": {"revision_n": 9},
    "a revision before the first": {"revision_n": 0},
    "facts of nothing": {"facts": {}},
    "facts of no shape": {"facts": ["a"]},
    "facts without their steps": {
        "facts": {
            "floor": 0,
            "floors": {},
            "started_revision_n": None,
            "steps": {},
            "finished": None,
        }
    },
}


@pytest.mark.parametrize("tampered", TAMPERED)
def test_a_tampered_row_is_found_and_mended(journey, tampered):
    masha, petya = journey("a", "b", "c"), journey("a", "b")
    masha.see("a", "b")
    petya.see("a")
    CourseState.objects.filter(enrolment=masha.enrolment).update(**TAMPERED[tampered])

    found = differences()
    assert len(found) == 1
    assert found[0].startswith(f"Place {masha.enrolment.uid}:")
    assert len(differences()) == 1, "a check writes nothing"

    assert mend().endswith("1 of 2 places mended.\n")
    assert check() == "0 of 2 places differ from their logs.\n"
    assert masha.numbers == (2, 3, 66)


def test_a_lost_row_and_a_lost_completion_are_mended(journey):
    masha, petya = journey("a"), journey("a")
    masha.see("a")
    petya.see("a")
    CourseState.objects.filter(enrolment=masha.enrolment).delete()
    Completion.objects.filter(enrolment=petya.enrolment).delete()

    assert len(differences()) == 2
    mend()

    check()
    assert Completion.objects.count() == 2
    assert masha.numbers == (1, 1, 100)


def test_only_the_places_of_one_course_are_looked_at(journey):
    masha, petya = journey("a", "b"), journey("a", "b")
    masha.see("a")
    petya.see("a")
    CourseState.objects.update(required=9)

    assert len(differences("--course", masha.course.public_id)) == 1
    mend("--course", masha.course.public_id)

    assert check("--course", masha.course.public_id).startswith("0 of 1")
    assert len(differences()) == 1
    mend()


def test_an_unknown_course_is_an_error(db):
    with pytest.raises(CommandError, match="no course nowhere"):
        check("--course", "nowhere")


def test_a_place_that_a_publishing_has_not_reached_yet_does_not_differ(journey):
    masha, petya = journey("a", "b"), journey("a", "b")
    for one in (masha, petya):
        one.see("a")
    Enrolment.objects.filter(pk=petya.enrolment.pk).update(withdrawn_at=NOON)
    for one in (masha, petya):
        publish_revision(
            course=one.course,
            draft=draft_of_steps("b", "c"),
            policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED,
            actor=None,
            at=NOON + timedelta(hours=1),
        )
    check()


def test_the_number_of_queries_for_a_place_does_not_grow_with_its_log(
    journey, django_assert_max_num_queries
):
    masha = journey(*(f"step {n}" for n in range(30)))
    masha.see(*(f"step {n}" for n in range(29)))
    with django_assert_max_num_queries(6):
        check()


def test_a_mended_state_is_what_pages_read(journey):
    masha = journey("a", "b")
    masha.see("a")
    CourseState.objects.update(done=0)
    mend()
    kept = with_progress(Enrolment.objects.all()).get()
    assert kept.state.done == 1
    assert place_of(kept).state == replayed(kept)


def test_a_sample_looks_at_no_more_places_than_asked(journey):
    for _n in range(3):
        journey("a").see("a")

    assert check("--sample", "2") == "0 of 2 places differ from their logs.\n"


def test_the_nightly_check_fails_where_a_state_is_wrong(journey):
    journey("a", "b").see("a")
    check_progress.func()
    CourseState.objects.update(done=0)

    with pytest.raises(CommandError, match="1 of 1 places differ"):
        check_progress.func()
