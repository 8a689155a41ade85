"""Opening a package: one attempt at a time, on the version it was started with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from courses.runtimes.api import AttemptReport
from courses.runtimes.launches.errors import LaunchExpired, NotReady
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.launches.operations import (
    end_launches,
    launch_by,
    open_preview,
    sweep_launches,
)
from courses.runtimes.packages.models import Package
from courses.runtimes.xapi.models import Statement
from tests.courses.races import at_once
from tests.courses.runtimes.launches.conftest import (
    MASHA,
    NOON,
    PLACE,
    STEP,
    answer,
    opened,
    points,
    renewed,
    report,
)

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=8)


def test_a_token_opens_its_launch(package: Package) -> None:
    launched = opened(package)

    launch = launch_by(launched.token, at=NOON)

    assert launch.attempt == launched.attempt
    assert launch.version == package.current


def test_a_token_cannot_be_guessed_and_is_not_in_the_database(package: Package) -> None:
    token = opened(package).token

    assert len(token) == 43
    assert not Launch.objects.filter(token_hash__contains=token).exists()


def test_a_token_is_good_for_its_hours_only(package: Package) -> None:
    token = opened(package).token

    assert launch_by(token, at=NOON + HOURS - timedelta(seconds=1))
    with pytest.raises(LaunchExpired):
        launch_by(token, at=NOON + HOURS)


@pytest.mark.parametrize("token", ["", "x" * 43, "\0", "токен", "\ud800"])
def test_any_other_text_opens_nothing(package: Package, token: str) -> None:
    opened(package)

    with pytest.raises(LaunchExpired):
        launch_by(token, at=NOON)


def test_a_package_without_a_ready_version_is_refused_with_the_next_step(package: Package) -> None:
    package.current = None

    with pytest.raises(NotReady, match=r"\w+ .*\."):
        opened(package)


def test_an_open_attempt_is_gone_on_with(package: Package) -> None:
    first, second = opened(package), opened(package, at=NOON + HOURS)

    assert first.attempt == second.attempt
    assert first.token != second.token


def test_a_finished_attempt_is_opened_again_to_be_looked_at(package: Package) -> None:
    first = opened(package)
    report(first.token)

    assert opened(package).attempt == first.attempt


def test_another_attempt_begins_when_it_is_asked_for(package: Package) -> None:
    report(opened(package).token)

    second = opened(package, again=True)

    assert second.attempt.number == 2
    assert second.attempt.finished_at is None
    # Asking twice is asking once.
    assert opened(package, again=True).attempt == second.attempt


def test_an_open_attempt_keeps_the_version_it_was_started_on(package: Package) -> None:
    first = opened(package)
    old = package.current

    going_on = opened(renewed(package))

    assert going_on.version == first.version == old
    assert package.current != old


def test_the_next_attempt_is_on_the_current_version(package: Package) -> None:
    report(opened(package).token)

    assert opened(renewed(package), again=True).version.number == 2


def test_a_reset_begins_a_new_attempt_and_an_old_page_does_not_bring_the_old_one_back(
    package: Package,
) -> None:
    before = opened(package)

    after = opened(package, epoch=1)
    late = opened(package, epoch=0)

    assert (before.attempt.number, after.attempt.number) == (1, 2)
    assert opened(package, epoch=1).attempt == after.attempt
    assert late.attempt == before.attempt


def test_another_package_in_the_step_has_an_attempt_of_its_own(
    package: Package, a_package: Callable[..., Package]
) -> None:
    first, other = opened(package), a_package("Memory")

    second = opened(other)

    assert second.version == other.current
    assert second.attempt.number == 2
    assert opened(package).attempt == first.attempt


@pytest.mark.parametrize(
    "changes", [{"place": "place-of-petya-1"}, {"step": UUID(int=STEP.int + 1)}]
)
def test_attempts_in_other_places_and_steps_are_their_own(
    package: Package, changes: dict[str, Any]
) -> None:
    mine, other = opened(package), opened(package, **changes)

    assert mine.attempt != other.attempt
    assert other.attempt.number == 1


def test_a_preview_keeps_nothing(package: Package, reports: list[AttemptReport]) -> None:
    assert package.current is not None
    launched = open_preview(version=package.current, at=NOON)

    kept = report(launched.token, score=points(10), answers=(answer("a"),))

    assert kept is None
    assert launched.attempt is None
    assert reports == []
    for table in (Attempt, Interaction, Statement):
        assert not table.objects.exists()


def test_a_script_begins_no_attempts_without_end(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.runtimes.launches.operations.MOST_ATTEMPTS", 3)
    token = opened(package).token
    for number in range(10):
        report(token, f"run {number}")
        opened(package, again=True)

    assert Attempt.objects.count() == 3
    assert not Attempt.objects.filter(finished_at=None).exists()


def test_tokens_are_deleted_when_their_hours_are_over(package: Package) -> None:
    old, young = opened(package), opened(package, at=NOON + HOURS)

    assert sweep_launches(at=NOON + HOURS) == 1
    with pytest.raises(LaunchExpired):
        launch_by(old.token, at=NOON)
    assert launch_by(young.token, at=NOON + HOURS).attempt == old.attempt


def test_signing_out_ends_the_tokens_of_the_learner_after_their_last_words(
    package: Package,
) -> None:
    mine, other = opened(package), opened(package, place="petya", learner_key=UUID(int=7))

    end_launches(learner_keys=[MASHA], at=NOON)

    assert launch_by(mine.token, at=NOON + timedelta(seconds=59))
    with pytest.raises(LaunchExpired):
        launch_by(mine.token, at=NOON + timedelta(seconds=60))
    assert launch_by(other.token, at=NOON + timedelta(hours=7))


def test_signing_out_makes_no_token_last_longer(package: Package) -> None:
    token = opened(package).token

    end_launches(learner_keys=[MASHA], at=NOON + HOURS - timedelta(seconds=10))

    with pytest.raises(LaunchExpired):
        launch_by(token, at=NOON + HOURS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [False, True])
def test_parallel_launches_are_one_attempt(package: Package, again: bool) -> None:
    if again:
        report(opened(package).token)

    launched = at_once(lambda _n: opened(package, again=again), times=8)

    assert len({one.attempt.uid for one in launched}) == 1
    assert len({one.token for one in launched}) == 8
    assert Attempt.objects.filter(place=PLACE).count() == 1 + again
