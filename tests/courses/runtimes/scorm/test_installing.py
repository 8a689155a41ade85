"""A SCORM package that an editor brings."""

import pytest

from courses.runtimes.operations import import_version
from courses.runtimes.packages.components import told
from courses.runtimes.packages.errors import SENTENCES as INTAKE
from courses.runtimes.packages.rules import Archive
from courses.runtimes.scorm.core import Code
from courses.runtimes.scorm.core.problems import REFUSING
from courses.runtimes.scorm.errors import SENTENCES
from courses.runtimes.scorm.models import ScormContent
from courses.runtimes.scorm.operations import install_content
from courses.runtimes.scorm.rules import Speaking, speaking
from tests.courses.conftest import NOON
from tests.samples.scorm import (
    GOOD,
    MANIFEST,
    ODD,
    address_outside,
    broken_xml,
    nothing_to_launch,
    one_file_missing,
    one_sco_2004_3rd,
    single,
    three_scos_12,
    zipped,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [*GOOD.values(), *ODD.values()])
def test_packages_as_they_really_are_play(a_package, make) -> None:
    version = a_package(make()).current

    assert version.tree.files
    assert ScormContent.objects.get(version=version).manifest["organizations"]


def test_an_editor_is_told_what_the_package_is(a_package) -> None:
    facts = a_package(three_scos_12()).current.facts

    assert facts == {
        "title": "Three sums",
        "version": "1.2",
        "parts": ["First", "Picture", "Second", "Third"],
        "scos": 3,
        "reports_results": True,
        "resumes": True,
        "warnings": [],
    }
    assert a_package(one_sco_2004_3rd()).current.facts["version"] == "2004.3"


def test_a_package_that_never_speaks_promises_no_results(a_package) -> None:
    silent = zipped({MANIFEST: single().xml(), "index.html": "<p>2 + 2?</p>"})
    facts = a_package(silent).current.facts

    assert facts["reports_results"] is None
    assert facts["resumes"] is None


def test_scripts_give_away_what_a_package_can() -> None:
    assert speaking([b"<p>2 + 2?</p>"]) == Speaking(None, None)
    assert speaking([b"api.LMSInitialize('')"]) == Speaking(True, None)
    assert speaking([b"find('API_1484_11')", b"set('cmi.location')"]) == Speaking(True, True)


@pytest.mark.parametrize("make", [one_file_missing, address_outside])
def test_what_was_read_with_leniency_is_told_in_sentences(a_package, make) -> None:
    warnings = a_package(make()).current.facts["warnings"]

    sentences = [one.sentence for one in told(warnings, SENTENCES)]
    assert sentences
    assert not any("%(" in sentence for sentence in sentences)


@pytest.mark.parametrize("make", [broken_xml, nothing_to_launch])
def test_what_cannot_play_is_refused_with_all_reasons_and_nothing_is_left(uploaded, make) -> None:
    version = import_version(version_id=uploaded(make()).pk, at=NOON)

    sentences = [one.sentence for one in told(version.problems, SENTENCES)]
    assert version.state == "failed"
    assert version.problems[0]["code"] in set(REFUSING)
    assert sentences
    assert not any("%(" in sentence for sentence in sentences)
    assert version.tree is None
    assert not ScormContent.objects.exists()


def test_every_code_of_the_core_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert not set(SENTENCES) & set(INTAKE)


def test_installing_again_is_the_same(a_package) -> None:
    version = a_package(three_scos_12()).current
    before = (version.tree_id, version.facts, ScormContent.objects.get().manifest)
    with version.file.open("rb") as file:
        assert install_content(version=version, archive=Archive(file), at=NOON) == []

    version.refresh_from_db()
    assert (version.tree_id, version.facts, ScormContent.objects.get().manifest) == before
