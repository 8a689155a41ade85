"""A package in a step of a place, and a learner who opens it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from courses.runtimes.api import AttemptReport, attempt_moved
from courses.runtimes.launches.models import Attempt
from courses.runtimes.launches.operations import OpenedLaunch, launch_by, open_launch, take_result
from courses.runtimes.launches.rules import Answer, Result, Score
from courses.runtimes.packages.models import Package, PackageVersion, Tree

NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PLACE = "place-of-masha-1"
STEP = UUID("5f8b0c1e-0000-4000-8000-000000000001")
MASHA = UUID("5f8b0c1e-0000-4000-8000-00000000000a")


@pytest.fixture
def a_package(person: Callable) -> Callable[..., Package]:
    """``a_package("Cards")``: a package whose first version plays."""

    def make(title: str = "Cards") -> Package:
        editor = person("editor")
        package = Package.objects.create(
            title=title, kind="h5p", created_at=NOON, created_by=editor
        )
        return renewed(package)

    return make


def renewed(package: Package) -> Package:
    """The package with one more version, which is current."""
    tree, _ = Tree.objects.get_or_create(digest="0" * 64, defaults={"files": {}, "size": 0})
    number = package.versions.count() + 1
    package.current = PackageVersion.objects.create(
        package=package,
        number=number,
        file=f"packages/originals/{number}.h5p",
        file_name="cards.h5p",
        sha256="1" * 64,
        size=1,
        state=PackageVersion.State.READY,
        tree=tree,
        uploaded_at=NOON,
        uploaded_by=package.created_by,
    )
    package.save()
    return package


@pytest.fixture
def package(a_package: Callable[..., Package]) -> Package:
    return a_package()


def opened(package: Package, *, at: datetime = NOON, **changes: Any) -> OpenedLaunch:
    """Masha opens the package; ``changes`` are arguments of ``open_launch``."""
    arguments: dict[str, Any] = {"place": PLACE, "step": STEP, "epoch": 0, "learner_key": MASHA}
    return open_launch(package=package, at=at, **(arguments | changes))


def report(token: str, run: str = "one", *, at: datetime = NOON, **said: Any) -> Attempt | None:
    """The content reports; without more words it came to its end."""
    result = Result(**({"is_final": True, "completed": True} | said))
    return take_result(launch=launch_by(token, at=at), run=run, result=result, at=at)


def answer(key: str, response: str = "", **changes: Any) -> Answer:
    said: dict[str, Any] = {"number": 1, "kind": "choice", "text": f"{key}?"}
    return Answer(key=key, response=response, **(said | changes))


def points(earned: int, possible: int = 10) -> Score:
    return Score(earned * 100, possible * 100)


@pytest.fixture
def reports() -> Iterator[list[AttemptReport]]:
    """All that comes out of the one signal."""
    heard: list[AttemptReport] = []

    def hear(report: AttemptReport, **_signal: object) -> None:
        heard.append(report)

    attempt_moved.connect(hear)
    yield heard
    attempt_moved.disconnect(hear)
