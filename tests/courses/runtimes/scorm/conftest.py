"""The words that tests of SCORM's door are written in."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.launches.operations import launch_by, open_launch
from courses.runtimes.packages.models import Package
from tests.courses.conftest import NOON

STEP = uuid.UUID(int=1)
LEARNER = uuid.UUID(int=2)


def told(sequence: int, *, is_last: bool = False, **values: str) -> dict[str, Any]:
    """A commit of 1.2 as scorm-again sends it: ``lesson_status="passed"`` is of ``cmi.core``."""
    texts = {f"cmi.core.{name.replace('__', '.')}": text for name, text in values.items()}
    return {**texts, "commitSequence": sequence, **({"isLast": True} if is_last else {})}


def told_2004(sequence: int, *, is_last: bool = False, **values: str) -> dict[str, Any]:
    """The same of 2004: ``success_status="passed"`` is of ``cmi``."""
    texts = {f"cmi.{name.replace('__', '.')}": text for name, text in values.items()}
    return {**texts, "commitSequence": sequence, **({"isLast": True} if is_last else {})}


def answered(number: int, *, is_right: bool, name: str = "sum") -> dict[str, str]:
    """What a commit of 1.2 tells of one question."""
    row = f"cmi.interactions.{number}"
    return {
        f"{row}.id": name,
        f"{row}.type": "choice",
        f"{row}.correct_responses.0.pattern": "4",
        f"{row}.student_response": "4" if is_right else "5",
        f"{row}.result": "correct" if is_right else "wrong",
        f"{row}.weighting": "2",
        f"{row}.latency": "00:00:05",
    }


@dataclass
class Learner:
    """Somebody before a frame: ``ask`` and ``post`` are what the frame's page does."""

    token: str
    browser: Client

    @property
    def launch(self) -> Launch:
        return launch_by(self.token, at=NOON)

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.get(launches=self.launch)

    def look(self) -> Any:
        return self.browser.get(f"/scorm/{self.token}/")

    def post(self, path: str, body: Any, *, kind: str = "application/json") -> Any:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.browser.post(f"/scorm/{self.token}/{path}", data, content_type=kind)

    def open(self, item: str = "SUM") -> dict[str, Any]:
        """Open the item; the server's answer."""
        answer = self.post("open", {"item": item})
        assert answer.status_code == 200, answer.content
        return answer.json()

    def commit(self, session: str, data: Any) -> dict[str, Any]:
        answer = self.post(f"commit/{session}", data)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def player(settings: Any) -> Client:
    """A browser on the content origin."""
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    return Client(headers={"host": "content.example"})


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def learner_of(player: Client) -> Callable[..., Learner]:
    """``learner_of(package)``: Masha, with a launch of her attempt at the package."""

    def make(package: Package, *, again: bool = False) -> Learner:
        opened = open_launch(
            place="place-of-masha-1",
            step=STEP,
            epoch=1,
            learner_key=LEARNER,
            package=package,
            again=again,
            at=NOON,
        )
        return Learner(opened.token, player)

    return make


@pytest.fixture
def masha(a_package: Callable[..., Package], learner_of: Callable[..., Learner]) -> Callable:
    """``masha(three_scos_12())``: Masha before a package of these bytes."""

    def make(content: bytes) -> Learner:
        return learner_of(a_package(content))

    return make
