"""Content is taken in whole or not at all, and libraries are kept once."""

import json

import pytest

from courses.runtimes.h5p.models import H5PContent, JoinedFiles, Library
from courses.runtimes.h5p.operations import install_content
from courses.runtimes.packages.queries import open_file
from tests.courses.conftest import NOON
from tests.courses.runtimes.h5p.making import (
    BASE_SCRIPT,
    PARAMS,
    PIXEL,
    archive_of,
    base_library,
    choice_library,
    choice_package,
    content,
    manifest,
    needs,
)


def codes(version) -> list[str]:
    return [problem["code"] for problem in version.problems]


def loaded_by(version) -> list[str]:
    return [str(use.library) for use in version.h5p.uses.select_related("library")]


def test_a_package_becomes_content_with_its_libraries_in_the_order_of_loading(bring) -> None:
    version = bring()

    assert version.problems == []
    assert loaded_by(version) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]
    assert version.h5p.params["question"] == "<strong>Which</strong> is a bridge?"


def test_bringing_the_same_again_keeps_every_library_once(bring) -> None:
    first, second = bring(), bring()

    assert Library.objects.count() == 2
    assert JoinedFiles.objects.count() == 1
    assert loaded_by(first) == loaded_by(second)


def test_installing_twice_changes_nothing(bring) -> None:
    version = bring()
    content_before = version.h5p.pk

    again = install_content(version=version, archive=archive_of(choice_package()), at=NOON)

    assert again == []
    assert H5PContent.objects.get().pk == content_before
    assert loaded_by(version) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]


def test_the_files_of_content_are_kept_without_those_of_libraries(bring) -> None:
    files = choice_package({**PARAMS, "picture": {"path": "images/arch.png", "mime": "image/png"}})

    version = bring({**files, "content/images/arch.png": PIXEL})

    assert list(version.tree.files) == ["images/arch.png"]


def test_everything_that_is_wrong_is_told_at_once(bring) -> None:
    version = bring(
        choice_package(
            **{
                "content/page.html": "<p>",
                "Made.Base-1.0/library.json": "{",
                "Made.Choice-1.0/semantics.json": "no list",
            }
        )
    )

    assert set(codes(version)) >= {"file_not_allowed", "bad_json"}
    assert len(codes(version)) >= 3
    assert not Library.objects.exists()
    assert not H5PContent.objects.exists()


def test_script_in_a_text_never_gets_into_the_content(bring) -> None:
    hostile = {**PARAMS, "question": "<strong onclick='x()'>Which</strong><script>x()</script>"}

    version = bring(choice_package(hostile))

    assert version.h5p.params["question"] == "<strong>Which</strong>"


def test_a_higher_patch_replaces_the_library_for_all_content_and_the_editor_is_told(bring) -> None:
    older = bring()
    newer = {**choice_package(), **base_library("1.0.7", BASE_SCRIPT + "// newer")}

    version = bring(newer)

    assert version.facts["replaced"] == [{"library": "Made.Base 1.0", "before": 1, "now": 7}]
    assert loaded_by(older) == loaded_by(version) == ["Made.Base 1.0.7", "Made.Choice 1.0.0"]


def test_a_lower_patch_changes_nothing(bring) -> None:
    bring({**choice_package(), **base_library("1.0.7")})

    version = bring({**choice_package(), **base_library("1.0.2")})

    assert version.facts["replaced"] == []
    assert Library.objects.get(name="Made.Base").patch == 7


def test_the_same_patch_with_other_files_does_not_get_in_by_stealth(bring) -> None:
    bring()
    before = Library.objects.get(name="Made.Base").tree_id

    bring({**choice_package(), **base_library("1.0.1", "evil()")})

    assert Library.objects.get(name="Made.Base").tree_id == before


def test_another_minor_version_stands_beside_the_first(bring) -> None:
    bring()
    files = {
        name.replace("Made.Base-1.0", "Made.Base-1.1"): value
        for name, value in base_library().items()
    }
    files["Made.Base-1.1/library.json"] = manifest("Made.Base", "1.1.0", runnable=1)
    h5p = content(mainLibrary="Made.Base", preloadedDependencies=needs("Made.Base 1.1"))

    version = bring({**h5p, **files})

    assert version.problems == []
    assert Library.objects.filter(name="Made.Base").count() == 2


def test_content_after_a_replacement_loads_what_the_new_patch_needs(bring) -> None:
    older = bring()
    needy = manifest("Made.Base", "1.0.9", preloadedDependencies=needs("Made.New 1.0"))
    bring(
        {
            **choice_package(),
            "Made.Base-1.0/library.json": needy,
            "Made.New-1.0/library.json": manifest("Made.New", "1.0.0"),
        }
    )

    assert loaded_by(older) == ["Made.New 1.0.0", "Made.Base 1.0.9", "Made.Choice 1.0.0"]


def test_content_without_libraries_plays_on_installed_ones(bring, editor) -> None:
    bring()

    version = bring(content(), by=editor)

    assert version.problems == []
    assert loaded_by(version) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]


def test_an_editor_without_the_permission_brings_no_libraries(bring, editor) -> None:
    version = bring(by=editor)

    assert "library_not_permitted" in codes(version)
    assert not Library.objects.exists()


def test_an_editors_content_plays_on_installed_libraries_and_not_on_those_it_brings(
    bring, editor
) -> None:
    bring()

    version = bring({**choice_package(), **base_library("1.0.9", "evil()")}, by=editor)

    assert version.problems == []
    assert loaded_by(version) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]


def test_content_without_its_libraries_is_refused_where_they_are_not_installed(bring) -> None:
    version = bring(content())

    assert "missing_library" in codes(version)


def test_only_approved_libraries_get_in_where_the_site_has_a_list(bring, settings) -> None:
    settings.OPORA_H5P_APPROVED_HASHES = []
    refused = bring()
    digests = [problem["details"]["digest"] for problem in refused.problems]
    settings.OPORA_H5P_APPROVED_HASHES = digests

    taken = bring()

    assert codes(refused) == ["library_not_approved"] * 2
    assert taken.problems == []
    assert set(digests) == set(Library.objects.values_list("tree_id", flat=True))


def test_a_restricted_library_takes_no_new_content(bring) -> None:
    older = bring()
    Library.objects.filter(name="Made.Choice").update(is_restricted=True)

    version = bring()

    assert codes(version) == ["library_restricted"]
    assert loaded_by(older) == ["Made.Base 1.0.1", "Made.Choice 1.0.0"]


def test_an_archive_of_libraries_alone_is_nothing_to_play(bring) -> None:
    version = bring({**choice_library(), **base_library()})

    assert codes(version) == ["only_libraries"]
    assert not Library.objects.exists()


def test_libraries_of_authoring_tools_stay_out(bring) -> None:
    editing = manifest(
        "Made.Choice", "1.0.0", runnable=1, editorDependencies=needs("Made.Tool 1.0")
    )
    files = {
        **choice_package(),
        "Made.Choice-1.0/library.json": {
            **editing,
            "preloadedDependencies": needs("Made.Base 1.0"),
        },
        "Made.Tool-1.0/library.json": manifest("Made.Tool", "1.0.0"),
    }

    version = bring(files)

    assert version.problems == []
    assert not Library.objects.filter(name="Made.Tool").exists()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "  ", 7, ["x"], "x" * 5000])
def test_an_odd_title_is_no_reason_to_fail(bring, title) -> None:
    files = choice_package()
    files["h5p.json"]["title"] = title

    version = bring(files)

    assert version.problems == []
    assert len(version.facts["title"]) <= 255


def test_a_title_is_plain_text_for_people(bring) -> None:
    files = choice_package()
    files["h5p.json"]["title"] = "Sun & <moon>"

    assert bring(files).facts["title"] == "Sun & <moon>"


def test_the_editor_is_told_what_the_content_is_and_can_do(bring) -> None:
    facts = bring().facts

    assert facts["library"] == "Made.Choice 1.0"
    assert facts["title"] == "Bridges"
    assert facts["language"] == "en"
    assert facts["licence"] == "CC BY"
    assert facts["reports_results"] is True
    assert facts["resumes"] is True
    assert facts["external"] == []


def test_the_editor_is_told_of_files_from_other_sites(bring) -> None:
    picture = {"path": "https://pictures.example/arch.png", "mime": "image/png"}

    version = bring(choice_package({**PARAMS, "picture": picture}))

    assert version.facts["external"] == ["https://pictures.example/arch.png"]


def test_joined_files_are_made_anew_when_a_library_changes(bring) -> None:
    bring()
    version = bring({**choice_package(), **base_library("1.0.7", BASE_SCRIPT + "// newer")})

    version.h5p.refresh_from_db()
    with open_file(version.h5p.joined.tree, "scripts.js") as file:
        assert "// newer" in file.read().decode()


def test_joined_styles_name_files_by_the_address_of_their_library(bring) -> None:
    large = PIXEL + b"\0" * 5000
    version = bring({**choice_package(), "Made.Base-1.0/images/dot.png": large})

    with open_file(version.h5p.joined.tree, "styles.css") as file:
        styles = file.read().decode()
    key = json.dumps(styles)
    assert "/f/" in key
    assert "/images/dot.png" in key
