"""What is read out of imsmanifest.xml, and what of it is said to be wrong."""

import io
import json
import unicodedata
import zipfile
from decimal import Decimal
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.scorm.core import (
    Code,
    Item,
    ItemKind,
    Manifest,
    Reading,
    Version,
    manifest_from_json,
    manifest_to_json,
    read_manifest,
    sequencing_settings,
)
from courses.runtimes.scorm.core.files import with_parameters
from tests.samples import scorm as samples

EVERY = {**samples.GOOD, **samples.ODD}


class Zip:
    """A zip as ``Files``."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))

    def names(self) -> list[str]:
        return self.archive.namelist()

    def size(self, name: str) -> int:
        return self.archive.getinfo(name).file_size

    def open(self, name: str) -> BinaryIO:
        return self.archive.open(name)  # type: ignore[return-value]


def reading(data: bytes) -> Reading:
    return read_manifest(Zip(data))


def manifest(data: bytes) -> Manifest:
    read = reading(data).manifest
    assert read is not None
    return read


def codes(data: bytes) -> set[Code]:
    return {problem.code for problem in reading(data).problems}


def only_item(data: bytes) -> Item:
    (item,) = manifest(data).launchable
    return item


def test_a_good_package_has_no_problems() -> None:
    assert [name for name, make in samples.GOOD.items() if codes(make())] == []


@pytest.mark.parametrize(
    ("make", "version"),
    [
        (samples.one_sco_12, Version.SCORM_12),
        (samples.one_sco_2004_3rd, Version.SCORM_2004_3RD),
        (samples.one_sco_2004_4th, Version.SCORM_2004_4TH),
    ],
)
def test_the_version_is_what_the_package_says(make, version: Version) -> None:
    assert manifest(make()).version is version


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("1.2", Version.SCORM_12),
        (" 1.2 ", Version.SCORM_12),
        ("CAM 1.3", Version.SCORM_2004_2ND),
        ("2004 3rd edition", Version.SCORM_2004_3RD),
        ("2004 4TH Edition", Version.SCORM_2004_4TH),
        ("2004", Version.SCORM_2004_3RD),
    ],
)
def test_the_version_may_be_written_in_several_ways(said: str, version: Version) -> None:
    data = samples.package(samples.single("1.2", schema=said))

    assert manifest(data).version is version
    assert codes(data) == set()


def test_a_package_that_does_not_say_its_version_is_judged_by_its_namespaces() -> None:
    old = samples.package(samples.single("1.2", schema=""))
    new = samples.package(samples.single("2004.4", schema="my own"))

    assert manifest(old).version is Version.SCORM_12
    assert manifest(new).version is Version.SCORM_2004_3RD
    assert codes(old) == codes(new) == {Code.VERSION_UNKNOWN}


def test_an_item_of_1_2_tells_what_its_sco_needs() -> None:
    item = only_item(samples.one_sco_12())

    assert (item.identifier, item.title, item.kind) == ("SUM", "Sum", ItemKind.SCO)
    assert item.mastery_score == Decimal(80)
    assert item.max_time == "0001:00:00"
    assert item.time_limit_action == "continue,no message"
    assert item.launch_data == "level=2"


@pytest.mark.parametrize("make", [samples.one_sco_2004_3rd, samples.one_sco_2004_4th])
def test_an_item_of_2004_tells_what_its_sco_needs(make) -> None:
    item = only_item(make())

    assert item.launch_data == "level=2"
    assert item.completion_threshold.by_measure
    assert item.completion_threshold.minimum == Decimal("0.5")
    assert [(one.id, one.is_primary, one.passing) for one in item.objectives] == [
        ("whole", True, Decimal("0.8")),
        ("adding", False, None),
    ]


def test_items_are_nested_and_in_order() -> None:
    read = manifest(samples.three_scos_12())

    assert [item.title for item in read.organization.walk()] == [
        "Beginning", "First", "Picture", "Going on", "Second", "Third",
    ]  # fmt: skip
    assert [item.identifier for item in read.launchable] == ["S1", "A1", "S2", "S3"]
    assert [item.identifier for item in read.counted] == ["S1", "S2", "S3"]
    assert [item.is_visible for item in read.launchable] == [True, True, True, False]
    assert read.item("S3").prerequisites == "S1 & S2"
    assert read.item("F1") is None


@pytest.mark.parametrize("make", EVERY.values(), ids=EVERY)
def test_every_usable_package_opens_a_file_that_it_has(make) -> None:
    data = make()
    names = set(Zip(data).names())

    assert manifest(data).launchable
    assert all(item.path in names for item in manifest(data).launchable)


ODDITIES = {
    "no_default": set(),
    "unknown_default": {Code.DEFAULT_UNKNOWN},
    "wrong_case": {Code.WRONG_CASE},
    "upper_manifest": {Code.WRONG_CASE},
    "with_bom": set(),
    "utf_16": set(),
    "utf_16_only_in_name": {Code.ENCODING_GUESSED},
    "windows_1251": set(),
    "windows_1251_undeclared": {Code.ENCODING_GUESSED},
    "in_folder": {Code.IN_FOLDER},
    "in_folder_of_macos": {Code.IN_FOLDER},
    "with_bases": set(),
    "with_backslashes": set(),
    "no_namespaces": {Code.NAMESPACE_MISSING, Code.VERSION_UNKNOWN},
    "no_types": {Code.SCORM_TYPE_MISSING},
    "bare_ampersand": {Code.XML_REPAIRED},
    "no_organization": {Code.NO_ORGANIZATION, Code.VERSION_UNKNOWN},
    "one_file_missing": {Code.FILE_MISSING, Code.LAUNCH_MISSING, Code.RESOURCE_UNKNOWN},
    "address_outside": {Code.LAUNCH_OUTSIDE},
    "repeated_identifiers": {Code.IDENTIFIER_REPEATED},
    "unreadable_values": {Code.VALUE_UNREADABLE, Code.PREREQUISITES_UNREADABLE},
    "scripts_in_titles": set(),
    "curious": set(),
}


@pytest.mark.parametrize("name", samples.ODD)
def test_what_is_odd_is_told_but_does_not_refuse(name: str) -> None:
    read = reading(samples.ODD[name]())

    assert {problem.code for problem in read.problems} == ODDITIES[name]
    assert not any(problem.refuses for problem in read.problems)


REFUSALS = {
    "entity_bomb": Code.FORBIDDEN_XML,
    "outer_entity": Code.FORBIDDEN_XML,
    "broken_xml": Code.BROKEN_XML,
    "empty_manifest": Code.BROKEN_XML,
    "not_a_manifest": Code.NOT_A_MANIFEST,
    "no_manifest": Code.NO_MANIFEST,
    "too_deep": Code.MANIFEST_TOO_DEEP,
    "several_packages": Code.SEVERAL_MANIFESTS,
    "nothing_to_launch": Code.NOTHING_TO_LAUNCH,
    "too_many_items": Code.TOO_MANY_ITEMS,
    "items_too_deep": Code.TOO_MANY_ITEMS,
}


@pytest.mark.parametrize("name", samples.REFUSED)
def test_what_cannot_be_used_is_refused_with_its_reason(name: str) -> None:
    read = reading(samples.REFUSED[name]())

    assert read.manifest is None
    assert [problem.code for problem in read.problems if problem.refuses] == [REFUSALS[name]]


def test_all_problems_come_at_once_with_the_names() -> None:
    problems = reading(samples.one_file_missing()).problems

    assert [(problem.code, dict(problem.details)) for problem in problems] == [
        (Code.FILE_MISSING, {"resource": "R1", "href": "none.png"}),
        (Code.LAUNCH_MISSING, {"item": "GONE", "href": "gone.html"}),
        (Code.RESOURCE_UNKNOWN, {"item": "LOST", "resource": "R3"}),
    ]
    assert {problem.path for problem in problems} == {"imsmanifest.xml"}


def test_a_broken_manifest_tells_the_line() -> None:
    (problem,) = reading(samples.package("<manifest>\n<a>\n</b></manifest>")).problems

    assert problem.details == {"line": 3, "column": 2, "reason": "mismatched tag"}


@pytest.mark.parametrize(
    "make",
    [
        samples.with_bom,
        samples.utf_16,
        samples.utf_16_only_in_name,
        samples.windows_1251,
        samples.windows_1251_undeclared,
    ],
)
def test_russian_titles_are_read_in_every_encoding(make) -> None:
    assert manifest(make()).title == "Сумма"


def test_an_item_whose_file_is_missing_is_a_folder_and_counts_for_nothing() -> None:
    read = manifest(samples.one_file_missing())

    assert [item.kind for item in read.organization.items] == [
        ItemKind.SCO, ItemKind.FOLDER, ItemKind.FOLDER,
    ]  # fmt: skip
    assert [item.identifier for item in read.counted] == ["SUM"]


def test_a_page_wrapped_in_a_folder_keeps_its_full_name() -> None:
    read = manifest(samples.in_folder())

    assert read.root == "My course/"
    assert read.launchable[0].path == "My course/index.html"


def test_bases_join_and_the_query_stays() -> None:
    item = only_item(samples.with_bases())

    assert (item.path, item.suffix) == ("content/pages/deep/a b.html", "?x=1")


def test_a_base_on_another_site_leads_nowhere() -> None:
    data = samples.package(samples.single(attributes='xml:base="https://elsewhere.example/"'))

    assert Code.NOTHING_TO_LAUNCH in codes(data)


@pytest.mark.parametrize(
    ("suffix", "parameters", "joined"),
    [
        ("", "", ""),
        ("", "?a=1", "?a=1"),
        ("", "a=1", "?a=1"),
        ("", "&a=1", "?a=1"),
        ("", "??&a=1", "?a=1"),
        ("", "#top", "#top"),
        ("?x=1", "a=1", "?x=1&a=1"),
        ("?x=1", "?a=1&b=2", "?x=1&a=1&b=2"),
        ("?", "a=1", "?a=1"),
        ("#top", "#end", "#top"),
        ("?x=1", "#end", "?x=1#end"),
        ("#top", "a=1", "?a=1#top"),
        ("?x=1#top", "a=1", "?x=1&a=1#top"),
        ("?x=1", "a=1#end", "?x=1&a=1#end"),
    ],
)
def test_parameters_join_as_the_standard_says(suffix: str, parameters: str, joined: str) -> None:
    assert with_parameters(suffix, parameters) == joined


@pytest.mark.parametrize("word", ["sco", "SCO", "Sco"])
def test_the_kind_of_a_resource_is_read_in_any_case(word: str) -> None:
    data = samples.package(samples.single(things=(samples.Thing("R1", "index.html", word),)))

    assert only_item(data).kind is ItemKind.SCO


def test_a_page_that_does_not_talk_is_an_asset() -> None:
    data = samples.package(samples.single(things=(samples.Thing("R1", "index.html", "asset"),)))

    assert only_item(data).kind is ItemKind.ASSET
    assert len(manifest(data).counted) == 1


def test_a_name_in_the_other_unicode_form_is_found() -> None:
    plan = samples.single(things=(samples.Thing("R1", "Й.html"),))
    name = unicodedata.normalize("NFD", "Й.html")
    data = samples.zipped({"imsmanifest.xml": plan.xml(), name: "x"})

    assert only_item(data).path == name
    assert codes(data) == {Code.WRONG_CASE}


@pytest.mark.parametrize("make", EVERY.values(), ids=EVERY)
def test_a_manifest_survives_being_kept_as_json(make) -> None:
    read = manifest(make())

    assert manifest_from_json(json.loads(json.dumps(manifest_to_json(read)))) == read


def test_sequencing_is_handed_over_in_the_words_of_the_player() -> None:
    settings = sequencing_settings(manifest(samples.sequenced_2004()))
    tree = settings["activityTree"]
    lesson, test = tree["children"]

    assert tree["sequencingControls"]["flow"] is True
    assert tree["rollupRules"]["rules"] == [
        {
            "action": "completed",
            "consideration": "atLeastPercent",
            "minimumCount": 0,
            "minimumPercent": 50.0,
            "conditionCombination": "any",
            "conditions": [{"condition": "completed"}],
        }
    ]
    assert lesson["sequencingControls"]["flow"] is False
    assert lesson["sequencingControls"]["objectiveMeasureWeight"] == 0.25
    assert lesson["primaryObjective"]["mapInfo"][0]["writeSatisfiedStatus"] is True
    (rule,) = test["sequencingRules"]["preConditionRules"]
    assert (rule["action"], rule["conditionCombination"]) == ("disabled", "any")
    assert rule["conditions"][0] == {
        "condition": "satisfied",
        "operator": "not",
        "referencedObjective": "before",
    }
    assert test["attemptLimit"] == 3
    assert test["hideLmsUi"] == ["abandon"]
    assert test["deliveryControls"]["completionSetByContent"] is True
    json.dumps(settings)


def test_parameters_of_an_item_open_its_page() -> None:
    item = manifest(samples.sequenced_2004()).item("TEST")

    assert (item.path, item.suffix) == ("test.html", "?level=1&mode=test#top")


@pytest.mark.parametrize("make", [samples.one_sco_12, samples.three_scos_12])
def test_a_package_without_rules_needs_no_sequencer(make) -> None:
    assert sequencing_settings(manifest(make())) is None


class Wrong:
    """Files whose manifest cannot be had."""

    bytes_told = 100

    def names(self) -> list[str]:
        return ["imsmanifest.xml"]

    def size(self, name: str) -> int:
        return self.bytes_told if name in self.names() else 0

    def open(self, name: str) -> BinaryIO:
        raise OSError(name)


def test_a_manifest_whose_bytes_cannot_be_had_is_refused() -> None:
    assert [problem.code for problem in read_manifest(Wrong()).problems] == [
        Code.MANIFEST_UNREADABLE
    ]


def test_a_huge_manifest_is_refused_unread() -> None:
    class Huge(Wrong):
        bytes_told = 50_000_000

    assert [problem.code for problem in read_manifest(Huge()).problems] == [Code.MANIFEST_TOO_LARGE]


def test_deeply_nested_elements_do_no_harm() -> None:
    data = samples.package("<manifest>" + "<a>" * 100_000 + "</a>" * 100_000 + "</manifest>")

    assert reading(data).manifest is None


GOOD_XML = samples.single("2004.4").xml().encode()
SCRAPS = st.sampled_from(
    [
        b"<item>", b"</item>", b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"&amp;", b"&nbsp;", b"&x;",
        b"\x00", b"\xff", b"\xd0", b'encoding="utf-16"', b'encoding="hex"', b"adlcp:", b'"', b">",
        b'xml:base="../../"', b'xml:base="//x"', b"<?xml", b"<organizations>", b"%2e%2e/", b"#",
    ]
)  # fmt: skip


@given(st.data())
def test_no_manifest_however_spoilt_raises(data: st.DataObject) -> None:
    """The reader answers with a manifest or with a refusal, never with an exception."""
    xml = GOOD_XML
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(xml)))
        end = min(len(xml), start + data.draw(st.integers(0, 20)))
        xml = xml[:start] + data.draw(SCRAPS) + xml[end:]

    read = reading(samples.package(xml))

    assert (read.manifest is None) == any(problem.refuses for problem in read.problems)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    assert reading(samples.package(data)).manifest is None


WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\"'"), max_size=30
)


@given(st.data())
def test_no_value_in_a_manifest_raises(data: st.DataObject) -> None:
    """Every attribute and text may be anything."""
    words = [data.draw(WORDS) for _ in range(8)]
    inside = (
        f"<adlcp:completionThreshold minProgressMeasure='{words[0]}'>{words[1]}"
        f"</adlcp:completionThreshold><imsss:sequencing IDRef='{words[2]}'><imsss:controlMode"
        f" flow='{words[3]}'/><imsss:limitConditions attemptLimit='{words[4]}'"
        f" attemptAbsoluteDurationLimit='{words[5]}'/><imsss:rollupRules"
        f" objectiveMeasureWeight='{words[6]}'/><imsss:objectives><imsss:primaryObjective"
        f" satisfiedByMeasure='true'><imsss:minNormalizedMeasure>{words[7]}"
        "</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
        "</imsss:sequencing>"
    )
    line = samples.Line(words[0] or "X", words[1], "R1", f'parameters="{words[2]}"', inside)
    read = manifest(samples.package(samples.single("2004.4", lines=(line,))))

    json.dumps(sequencing_settings(read))
    assert manifest_from_json(manifest_to_json(read)) == read
