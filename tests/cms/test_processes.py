"""A child process that dies is started again; one that cannot live stops the portal."""

import sys
import time

import pytest

from cms.processes import MOST_QUICK_DEATHS, Child, ChildKeepsDying

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DIE = [sys.executable, "-c", "raise SystemExit(1)"]


def wait_for_death(child: Child) -> None:
    deadline = time.monotonic() + 10
    while child.running and time.monotonic() < deadline:
        time.sleep(0.01)


def test_a_child_that_died_is_started_again_after_its_preparation() -> None:
    preparations: list[str] = []
    child = Child("worker", SLEEP, lambda: preparations.append("swept"))
    child.start()
    child.ask_to_stop()
    wait_for_death(child)

    assert child.keep_running()
    assert child.running
    assert not child.keep_running()
    assert preparations == ["swept", "swept"]

    child.ask_to_stop()
    child.stop()


def test_a_child_that_cannot_live_is_given_up() -> None:
    child = Child("worker", DIE)
    child.start()

    for _ in range(MOST_QUICK_DEATHS - 1):
        wait_for_death(child)
        assert child.keep_running()
    wait_for_death(child)

    with pytest.raises(ChildKeepsDying, match="worker"):
        child.keep_running()


def test_a_stopped_child_is_gone() -> None:
    child = Child("web server", SLEEP)
    child.start()

    child.ask_to_stop()
    child.stop()

    assert not child.running


def test_a_child_that_never_started_stops_without_a_word() -> None:
    child = Child("web server", SLEEP)

    child.ask_to_stop()
    child.stop()

    assert not child.running
