"""From items to the package: the three facts, and which items are open."""

from decimal import Decimal

import pytest

from courses.runtimes.scorm.core import (
    Item,
    ItemKind,
    Judgement,
    Manifest,
    Organization,
    Points,
    Score,
    ScoState,
    Version,
    open_items,
    rolled_up,
)
from courses.runtimes.scorm.core.prerequisites import is_readable, is_satisfied

DONE = ScoState(launches=1, completed=True)
BEGUN = ScoState(launches=1)
PASSED = ScoState(launches=1, completed=True, judgement=Judgement.PASSED)
FAILED = ScoState(launches=1, completed=True, judgement=Judgement.FAILED)


def sco(identifier: str, **fields: object) -> Item:
    return Item(identifier, identifier, ItemKind.SCO, f"{identifier}.html", **fields)  # type: ignore[arg-type]


def package(*items: Item, version: Version = Version.SCORM_12) -> Manifest:
    return Manifest(version, "M", "M", "", (Organization("ORG", "M", items),))


def scored(share: str) -> ScoState:
    return ScoState(launches=1, completed=True, best=Score(scaled=Decimal(share)))


def test_a_package_is_complete_when_all_its_scos_are() -> None:
    manifest = package(sco("a"), sco("b"))

    assert not rolled_up(manifest, {}).completed
    assert not rolled_up(manifest, {"a": DONE, "b": BEGUN}).completed
    assert rolled_up(manifest, {"a": DONE, "b": FAILED}).completed


def test_assets_count_only_in_a_package_without_scos() -> None:
    asset = Item("p", "p", ItemKind.ASSET, "p.html")

    assert rolled_up(package(sco("a"), asset), {"a": DONE}).completed
    assert not rolled_up(package(asset), {}).completed
    assert rolled_up(package(asset), {"p": DONE}).completed


@pytest.mark.parametrize(
    ("a", "b", "judgement"),
    [
        (DONE, DONE, Judgement.UNKNOWN),
        (PASSED, DONE, Judgement.PASSED),
        (PASSED, BEGUN, Judgement.UNKNOWN),
        (PASSED, FAILED, Judgement.FAILED),
        (BEGUN, FAILED, Judgement.FAILED),
        (PASSED, PASSED, Judgement.PASSED),
    ],
)
def test_a_package_is_passed_or_failed_by_its_scos(
    a: ScoState, b: ScoState, judgement: Judgement
) -> None:
    facts = rolled_up(package(sco("a"), sco("b")), {"a": a, "b": b})

    assert facts.judgement is judgement
    assert facts.passed is {"passed": True, "failed": False, "unknown": None}[judgement]


def test_one_score_stays_as_it_was_told() -> None:
    told = ScoState(best=Score(raw=Decimal(7), max=Decimal(10)))
    facts = rolled_up(package(sco("lesson"), sco("test")), {"lesson": DONE, "test": told})

    assert facts.score.points == Points(700, 1000)


def test_several_scores_make_a_mean_by_their_weights() -> None:
    heavy = {"sequencingControls": {"objectiveMeasureWeight": 0.75}}
    light = {"sequencingControls": {"objectiveMeasureWeight": 0.25}}
    plain = package(sco("a"), sco("b"))
    weighted = package(sco("a", sequencing=heavy), sco("b", sequencing=light))
    states = {"a": scored("1"), "b": scored("0.5")}

    assert rolled_up(plain, states).score.points == Points(7500, 10000)
    assert rolled_up(weighted, states).score.points == Points(8750, 10000)


def test_scores_without_weight_make_none() -> None:
    nothing = {"sequencingControls": {"objectiveMeasureWeight": 0}}
    manifest = package(sco("a", sequencing=nothing), sco("b", sequencing=nothing))

    assert rolled_up(manifest, {"a": scored("1"), "b": scored("1")}).score is None


def test_what_the_manifest_keeps_out_does_not_count() -> None:
    silent = {"deliveryControls": {"tracked": False}}
    optional = {"sequencingControls": {"rollupProgressCompletion": False}}
    harmless = {"sequencingControls": {"rollupObjectiveSatisfied": False}}
    manifest = package(
        sco("a"), sco("b", sequencing=silent), sco("c", sequencing=optional),
        sco("d", sequencing=harmless), version=Version.SCORM_2004_4TH,
    )  # fmt: skip
    facts = rolled_up(manifest, {"a": PASSED, "b": FAILED, "d": FAILED})

    assert (facts.completed, facts.done, facts.counted) == (True, 2, 2)
    assert facts.judgement is Judgement.PASSED


def test_time_is_summed() -> None:
    assert rolled_up(package(sco("a")), {}).hundredths == 0


STANDINGS = {"S1": "passed", "S2": "completed", "S3": "failed", "S4": "not attempted"}


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("S1", True),
        ("S3", False),
        ("S1 & S2", True),
        ("S1&S3", False),
        ("S3 | S2", True),
        ("S3|S4", False),
        ("~S3", True),
        ("~S1", False),
        ("~~S1", True),
        ("S1 & ~S4 | S3", True),
        ("S4 & S3 | S1", True),
        ("S4 & (S3 | S1)", False),
        ('S1="passed"', True),
        ("S1=passed", True),
        ("S2=passed", False),
        ("S3=failed", True),
        ("S3=F", True),
        ('S4="not attempted"', True),
        ("S1<>passed", False),
        ("S4<>completed", True),
        ("2*{S1,S2,S3}", True),
        ("3*{S1,S2,S3}", False),
        ("2*{S1, S3=failed, S4}", True),
        ("0*{S3}", True),
        ("UNKNOWN", True),
        ("UNKNOWN=passed", True),
        ("S1 & UNKNOWN", True),
    ],
)
def test_prerequisites(expression: str, holds: bool) -> None:
    assert is_readable(expression)
    assert is_satisfied(expression, STANDINGS.get) is holds


@pytest.mark.parametrize(
    "expression",
    [
        "", "(", "S1 &", "& S1", "S1 S2", "S1=", "2*S1", "2*{S1", "x*{S1}", "S1)", "S1,S2", '"S1',
        "~", "{S1}", "(" * 100 + "S1" + ")" * 100, "~" * 100 + "S1", "S1 & " * 1000 + "S1",
    ],
)  # fmt: skip
def test_what_cannot_be_read_locks_nothing(expression: str) -> None:
    assert not is_readable(expression)
    assert is_satisfied(expression, STANDINGS.get)


def test_items_open_one_after_another() -> None:
    manifest = package(
        sco("a"), sco("b", prerequisites="a"), sco("c", prerequisites="a & b=passed")
    )

    assert open_items(manifest, {}) == {"a"}
    assert open_items(manifest, {"a": BEGUN}) == {"a"}
    assert open_items(manifest, {"a": FAILED}) == {"a"}
    assert open_items(manifest, {"a": DONE}) == {"a", "b"}
    assert open_items(manifest, {"a": DONE, "b": DONE}) == {"a", "b"}
    assert open_items(manifest, {"a": DONE, "b": PASSED}) == {"a", "b", "c"}


def test_a_folder_is_done_with_all_that_it_holds() -> None:
    folder = Item("f", "f", ItemKind.FOLDER, children=(sco("a"), sco("b")))
    manifest = package(folder, sco("c", prerequisites="f"))

    assert "c" not in open_items(manifest, {"a": DONE})
    assert "c" in open_items(manifest, {"a": DONE, "b": PASSED})
