"""Reading a .h5p archive: what is taken, and everything that keeps one out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.h5p.core import CODES, LibraryName, Reading, best_patches, read_package
from tests.samples.h5p import (
    CHOICE,
    H5P,
    KIT,
    MARKER,
    PIXEL,
    QUESTION,
    ZipFiles,
    archive,
    choice_package,
    content_only_package,
    entries,
    libraries_package,
    password_builder_package,
    sort_cards_package,
    tree,
)

CHOICE_NAME, KIT_NAME = LibraryName("Opora.Choice", 1, 0), LibraryName("Opora.Kit", 1, 0)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=20,
)


def read(files: dict[str, bytes], installed=None) -> Reading:
    reading = read_package(ZipFiles(archive(files)), installed or {})
    assert {problem.code for problem in reading.problems} <= set(CODES)
    assert (reading.package is None) == bool(reading.problems)
    return reading


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in reading.problems]


def installed_samples():
    reading = read_package(ZipFiles(libraries_package(KIT, CHOICE)), {})
    return best_patches(one.library for one in reading.package.libraries)


def with_manifest(**changes: Any) -> dict[str, bytes]:
    """The sample package with keys of ``Opora.Choice``'s library.json changed; ``None`` removes."""
    files = entries()
    manifest = json.loads(files["Opora.Choice-1.0/library.json"]) | changes
    manifest = {key: value for key, value in manifest.items() if value is not None}
    return files | {"Opora.Choice-1.0/library.json": json.dumps(manifest).encode()}


def test_a_package_tells_its_title_language_main_library_and_files():
    package = read(entries() | {"content/images/cat.png": PIXEL}).package

    assert (package.title, package.language) == ("Что можно показать", "ru")
    assert package.main == CHOICE_NAME
    assert package.params == QUESTION
    assert package.content_files == ("images/cat.png",)
    assert {one.folder for one in package.libraries} == {"Opora.Choice-1.0", "Opora.Kit-1.0"}
    choice = next(one for one in package.libraries if one.library.name == CHOICE_NAME)
    assert choice.library.scripts == ("choice.js",)
    assert choice.library.preloaded == (KIT_NAME,)
    assert choice.library.patch == 2
    assert "semantics.json" in choice.files


@pytest.mark.parametrize("package", [choice_package, sort_cards_package, password_builder_package])
def test_our_own_packages_are_sound(package):
    reading = read_package(ZipFiles(package()), {})

    assert reading.problems == ()


def test_libraries_without_content_are_a_package():
    package = read_package(ZipFiles(libraries_package()), {}).package

    assert package.main is None
    assert len(package.libraries) == 3


def test_content_without_libraries_plays_on_installed_ones():
    files = ZipFiles(content_only_package())

    assert read_package(files, installed_samples()).package.main == CHOICE_NAME
    assert {problem.code for problem in read_package(files, {}).problems} == {"missing_library"}


def test_a_byte_order_mark_unknown_keys_and_other_letter_case_do_no_harm():
    files = entries(h5p={"somethingOfOurs": {"a": 1}, "yearsFrom": "2020"})
    files["H5P.JSON"] = b"\xef\xbb\xbf" + files.pop("h5p.json")

    assert read(files).problems == ()


def test_hidden_entries_are_not_read():
    files = entries() | {
        "__MACOSX/x.exe": b"MZ",
        ".git/config": b"",
        "content/.DS_Store": b"",
        "Opora.Kit-1.0/_build/run.php": b"<?php",
    }

    package = read(files).package
    assert package.content_files == ()
    assert not any("_build" in path for one in package.libraries for path in one.files)


def test_a_folder_may_be_called_by_the_bare_name():
    files = {name.replace("Opora.Kit-1.0/", "Opora.Kit/"): data for name, data in entries().items()}

    assert read(files).problems == ()


def test_a_folder_called_otherwise_is_refused():
    files = {
        name.replace("Opora.Kit-1.0/", "Opora.Kit-1.1/"): data for name, data in entries().items()
    }

    assert told(read(files)) == [("folder_name", "Opora.Kit-1.1")]


def test_a_library_must_not_come_twice():
    twice = {name.replace("Kit-1.0/", "Kit/"): data for name, data in tree(KIT).items()}

    assert [code for code, _path in told(read(entries() | twice))] == ["repeated_library"]


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.js", "a.php", "a", "a.png.exe", "A.SVG"])
def test_content_with_active_files_is_refused(name: str):
    assert told(read(entries() | {f"content/{name}": b""})) == [
        ("file_not_allowed", f"content/{name}")
    ]


def test_a_library_may_have_scripts_and_drawings_but_no_programs():
    fine = entries() | {"Opora.Kit-1.0/icon.svg": b"<svg/>", "Opora.Kit-1.0/More.JS": b""}
    assert read(fine).problems == ()

    assert told(read(entries() | {"Opora.Kit-1.0/run.php": b""})) == [
        ("file_not_allowed", "Opora.Kit-1.0/run.php")
    ]


@pytest.mark.parametrize(
    ("core", "code"), [({"majorVersion": 1, "minorVersion": 28}, None), ((1, 29), "core_too_old")]
)
def test_a_library_for_a_newer_core_is_refused(core, code):
    if isinstance(core, tuple):
        core = {"majorVersion": core[0], "minorVersion": str(core[1])}
    reading = read(with_manifest(coreApi=core))

    assert [problem.code for problem in reading.problems if problem.code == "core_too_old"] == (
        [code] if code else []
    )


@pytest.mark.parametrize("key", ["machineName", "majorVersion", "minorVersion"])
def test_a_library_without_name_or_version_is_refused(key: str):
    reading = read(with_manifest(**{key: None}))

    assert ("missing_key", "Opora.Choice-1.0/library.json") in told(reading)


@pytest.mark.parametrize(
    "changes",
    [
        {"machineName": "Opora Choice"},
        {"machineName": 7},
        {"majorVersion": "one"},
        {"minorVersion": -1},
        {"patchVersion": 1.5},
        {"majorVersion": True},
        {"preloadedJs": [{"path": "../Opora.Kit-1.0/task.js"}]},
        {"preloadedJs": [{"path": "/etc/passwd"}]},
        {"preloadedJs": [{"path": "https://evil.example/x.js"}]},
        {"preloadedJs": [{}]},
        {"preloadedDependencies": ["Opora.Kit 1.0"]},
        {"preloadedDependencies": [{"machineName": "Opora.Kit"}]},
        {"preloadedDependencies": 5},
        {"coreApi": "1.24"},
    ],
)
def test_a_bad_value_in_a_library_is_told(changes: dict[str, Any]):
    reading = read(with_manifest(**changes))

    assert ("bad_value", "Opora.Choice-1.0/library.json") in told(reading)


def test_a_script_that_is_not_there_is_told():
    files = with_manifest(preloadedJs=[{"path": "choice.js"}, {"path": "gone.js"}])

    assert told(read(files)) == [("missing_file", "Opora.Choice-1.0/gone.js")]


@pytest.mark.parametrize("kind", ["preloadedDependencies", "dynamicDependencies"])
def test_each_missing_library_is_told_once_with_who_needs_it(kind: str):
    wanted = {"machineName": "H5P.Gone", "majorVersion": 2, "minorVersion": 1}
    kit = {"machineName": "Opora.Kit", "majorVersion": 1, "minorVersion": 0}
    reading = read(with_manifest(**{kind: [kit, wanted, wanted]}))

    assert [dict(problem.details) for problem in reading.problems] == [
        {"library": "H5P.Gone 2.1", "needed_by": "Opora.Choice 1.0"}
    ]


def test_what_only_an_authoring_tool_needs_may_be_missing():
    wanted = {"machineName": "H5PEditor.Gone", "majorVersion": 2, "minorVersion": 1}

    assert read(with_manifest(editorDependencies=[wanted])).problems == ()


def test_another_minor_version_does_not_stand_in_for_the_one_needed():
    files = entries(h5p={"preloadedDependencies": [CHOICE_NAME._replace(minor=1).as_dependency()]})

    assert [problem.code for problem in read(files).problems] == ["missing_library"]


def test_a_part_of_other_types_cannot_be_the_main_library():
    assert told(read(entries(h5p={"mainLibrary": "Opora.Kit"}))) == [("not_runnable", "h5p.json")]


def test_a_main_library_that_is_nowhere_is_told():
    reading = read(entries(h5p={"mainLibrary": "H5P.Nowhere"}))

    assert told(reading) == [("no_main_library", "h5p.json")]


def test_a_main_library_left_out_of_the_dependencies_is_found_in_the_package():
    files = entries(h5p={"preloadedDependencies": [KIT_NAME.as_dependency()]})

    assert read(files).package.main == CHOICE_NAME


def test_all_problems_are_told_at_once():
    files = entries(h5p={"mainLibrary": None}) | {
        "content/a.html": b"",
        "content/content.json": b"{",
        "Opora.Kit-1.0/language/ru.json": b"nonsense",
        "Opora.Choice-1.0/semantics.json": b"{}",
    }

    assert {problem.code for problem in read(files).problems} == {
        "missing_key",
        "file_not_allowed",
        "bad_json",
        "wrong_shape",
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 300 + b"1" + b"}" * 300,
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_json_that_no_browser_could_read_is_refused(data: bytes):
    assert told(read(entries() | {"content/content.json": data})) == [
        ("bad_json", "content/content.json")
    ]


def test_characters_that_no_database_takes_are_left_out():
    files = entries() | {
        "content/content.json": b'{"question": "a\\u0000b\\ud83dc \\ud83d\\ude00"}'
    }

    params = read(files).package.params
    assert params["question"].encode().startswith(b"abc ")


def test_an_empty_archive_holds_nothing():
    assert told(read({"readme.txt": b"hello"})) == [("nothing_inside", "")]
    assert told(read({})) == [("nothing_inside", "")]


def test_content_without_h5p_json_is_told():
    files = entries()
    del files["h5p.json"]

    assert told(read(files)) == [("missing_file", "h5p.json")]


@given(h5p=ANY_JSON, manifest=ANY_JSON, semantics=ANY_JSON, params=ANY_JSON)
def test_whatever_json_is_inside_reading_ends_in_a_package_or_in_problems(
    h5p, manifest, semantics, params
):
    read(
        {
            "h5p.json": json.dumps(h5p).encode(),
            "content/content.json": json.dumps(params).encode(),
            "Opora.Kit-1.0/library.json": json.dumps(manifest).encode(),
            "Opora.Kit-1.0/semantics.json": json.dumps(semantics).encode(),
        }
    )


@given(
    key=st.sampled_from(sorted(json.loads((CHOICE / "library.json").read_text()))),
    value=ANY_JSON,
)
def test_whatever_one_key_of_a_library_holds_reading_ends(key: str, value: Any):
    read(with_manifest(**{key: value}))


@given(key=st.sampled_from(sorted(H5P)), value=ANY_JSON)
def test_whatever_one_key_of_h5p_json_holds_reading_ends(key: str, value: Any):
    read(entries(h5p={key: value}))


def test_of_several_patches_the_highest_is_best_and_minors_stay_side_by_side():
    library = installed_samples()[CHOICE_NAME]
    older = type(library)(name=library.name, patch=1, title="", is_runnable=True)
    other = type(library)(name=library.name._replace(minor=1), patch=0, title="", is_runnable=True)

    best = best_patches([older, library, other])
    assert best[CHOICE_NAME].patch == 2
    assert set(best) == {CHOICE_NAME, other.name}


def test_the_add_on_of_the_samples_is_one():
    reading = read_package(ZipFiles(libraries_package(MARKER)), {})

    assert reading.package.libraries[0].library.add_to
