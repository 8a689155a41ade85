"""The object that H5P core reads, held against its bundle."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from courses.runtimes.h5p.core import (
    Addresses,
    Display,
    Frame,
    Library,
    LibraryName,
    build_integration,
    core_strings,
)
from courses.runtimes.h5p.core.strings import ENGLISH, RUSSIAN

MAIN = Library(
    name=LibraryName("H5P.Blanks", 1, 14),
    patch=3,
    title="Blanks",
    is_runnable=True,
    has_fullscreen=True,
)
NOT_FOR_A_SERVER = {
    "loadedJs.push",
    "loadedCss.push",
    "crossorigin",
    "crossoriginRegex",
    "crossoriginCacheBuster",
}


@pytest.fixture(scope="module")
def bundle() -> str:
    """H5P core as the npm package has it."""
    path = Path(__file__).parents[5] / "node_modules/h5p-standalone/dist/frame.bundle.js"
    return path.read_text("utf-8")


def integration(**changes: Any) -> dict[str, Any]:
    addresses = Addresses(
        base="/h5p",
        content="/files/7",
        libraries="/lib",
        activity="https://portal.example/h5p/7",
        site="https://portal.example",
        library_folders={"H5P.Blanks-1.14": "ab12"},
        state="/state/:contentId/:dataType/:subContentId",
    )
    given: dict[str, Any] = {
        "content_id": "7",
        "main": MAIN,
        "params": {"a": "б"},
        "metadata": {"title": "Т"},
        "addresses": addresses,
    }
    return build_integration(Frame(**(given | changes)))


def content(**changes: Any) -> dict[str, Any]:
    return integration(**changes)["contents"]["cid-7"]


def test_every_key_that_core_reads_is_there(bundle: str):
    read = set(re.findall(r"H5PIntegration\.([A-Za-z0-9]+)", bundle)) - NOT_FOR_A_SERVER

    assert read <= set(integration())


@pytest.mark.parametrize(
    "key",
    [
        "jsonContent",
        "contentUserData",
        "displayOptions",
        "fullScreen",
        "contentUrl",
        "exportUrl",
        "embedCode",
        "resizeCode",
        "metadata",
        "scripts",
        "styles",
        "library",
        "url",
    ],
)
def test_core_really_reads_this_of_a_content(bundle: str, key: str):
    assert re.search(rf"\.{key}\b", bundle)
    assert key in content()


def test_every_word_that_core_says_is_there_in_both_languages(bundle: str):
    said = set(re.findall(r"\b(?:e|H5P)\.t\(\"([A-Za-z0-9]+)\"", bundle))

    assert len(said) > 20
    assert said <= set(ENGLISH)
    assert set(RUSSIAN) == set(ENGLISH)


def test_russian_words_are_russian_and_keep_their_places():
    for key, text in RUSSIAN.items():
        assert (
            re.findall(r":[a-z]+", text) == re.findall(r":[a-z]+", ENGLISH[key]) or key == "by"
        ), key
        assert re.search(r"[а-яё]", text), key


@pytest.mark.parametrize(
    ("language", "close"),
    [("ru", "Закрыть"), ("ru-RU", "Закрыть"), ("ru_RU", "Закрыть"), ("de", "Close"), ("", "Close")],
)
def test_core_speaks_the_readers_language(language: str, close: str):
    assert core_strings(language)["close"] == close


def test_the_content_is_named_by_its_lasting_address():
    assert content()["url"] == "https://portal.example/h5p/7"
    assert content()["library"] == "H5P.Blanks 1.14"
    assert json.loads(content()["jsonContent"]) == {"a": "б"}


def test_nobody_is_named():
    text = json.dumps(integration())

    assert integration()["user"] == {"name": "learner", "mail": "learner@localhost.invalid"}
    assert "@" not in text.replace("learner@localhost.invalid", "")


def test_a_saved_state_is_there_before_the_content_asks():
    assert content()["contentUserData"] == [{"state": "false"}]
    assert content(states={"0": {"state": '{"a":1}'}})["contentUserData"] == [{"state": '{"a":1}'}]


def test_states_of_parts_lie_beside_that_of_the_whole():
    part = "51445ea9-9c98-437a-8981-72d46d6e86c4"

    assert content(states={part: {"state": "1"}})["contentUserData"] == {
        "0": {"state": "false"},
        part: {"state": "1"},
    }


def test_a_play_that_is_not_kept_saves_nothing():
    assert integration(save_seconds=None)["saveFreq"] is False
    assert integration(save_seconds=15)["saveFreq"] == 15


def test_buttons_below_the_content_are_off_unless_asked_for():
    assert content()["displayOptions"] == {
        "frame": False,
        "export": False,
        "embed": False,
        "copyright": False,
        "icon": False,
        "copy": False,
    }
    assert content(display=Display(copyright=True))["displayOptions"]["frame"] is True


@pytest.mark.parametrize(("allowed", "button"), [(True, "1"), (False, "0")])
def test_full_screen_needs_both_the_type_and_the_page(allowed: bool, button: str):
    assert content(has_fullscreen=allowed)["fullScreen"] == button
    assert integration(has_fullscreen=allowed)["fullscreenDisabled"] == (0 if allowed else 1)


def test_libraries_are_found_in_their_folders():
    assert integration()["libraryDirectories"] == {"H5P.Blanks-1.14": "ab12"}
    assert integration()["urlLibraries"] == "/lib"
