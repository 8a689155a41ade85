"""A step that plays a package, and the package behind it."""

from typing import Any
from uuid import UUID

from courses.lessons.rules import Rule, RuleKind, ScorePolicy, StepDraft
from courses.runtimes.launches.operations import launch_by, open_launch, take_result
from courses.runtimes.launches.rules import Result, Score
from courses.runtimes.models import Package, PackageVersion, Tree
from tests.courses.conftest import NOON
from tests.courses.views.every_kind import step


def ready_package(editor: Any, *, kind: str = "h5p", **facts: Any) -> Package:
    """A package that plays; ``facts`` are what its version says of itself."""
    package = Package.objects.create(title="Cards", kind=kind, created_at=NOON, created_by=editor)
    tree, _is_new = Tree.objects.get_or_create(digest="0" * 64, defaults={"files": {}, "size": 0})
    package.current = PackageVersion.objects.create(
        package=package,
        number=1,
        file="packages/originals/cards.h5p",
        file_name="cards.h5p",
        sha256="1" * 64,
        size=1,
        state=PackageVersion.State.READY,
        progress=100,
        facts={"reports_results": True, **facts},
        tree=tree,
        uploaded_at=NOON,
        uploaded_by=editor,
    )
    package.save()
    return package


def package_step(
    package: Package,
    key: str = "cards",
    *,
    completion: RuleKind = RuleKind.COMPLETED,
    percent: int = 60,
    policy: ScorePolicy = ScorePolicy.HIGHEST,
) -> StepDraft:
    percent = percent if completion is RuleKind.PASSED else 0
    return step(
        "package",
        key,
        Rule(completion, percent=percent, policy=policy),
        package=package.pk,
        height=480,
        score_policy=policy,
        pass_percent=percent or 60,
    )


def play(token: str, run: str = "one", *, at=NOON, **result: Any) -> Any:
    """What the content of the launch reports: by default, that it came to its end."""
    reported = {"is_final": True, "completed": True, **result}
    return take_result(launch=launch_by(token, at=at), run=run, result=Result(**reported), at=at)


def points(earned: int, possible: int = 10) -> Score:
    return Score(earned * 100, possible * 100)


def attempt_at(package: Package, place: Any, step: Any) -> Any:
    """The open attempt of a place at a step with the package."""
    opened = open_launch(
        place=place.uid,
        step=UUID(step.uid),
        epoch=0,
        learner_key=place.learner_key,
        package=package,
        at=NOON,
    )
    return opened.attempt
