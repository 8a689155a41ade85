"""Writing a .h5p archive."""

import io
import zipfile

import pytest

from courses.runtimes.h5p.core import LibraryName, OutgoingFile, read_package, write_package
from home.demo.h5p import library_files
from tests.samples.h5p import CHOICE, KIT, PIXEL, QUESTION, ZipFiles, sort_cards_package

CHOICE_NAME, KIT_NAME = LibraryName("Opora.Choice", 1, 0), LibraryName("Opora.Kit", 1, 0)


def written(*paths: str, **changes) -> bytes:
    out = io.BytesIO()
    given = {
        "title": "Что можно показать",
        "language": "ru",
        "main": CHOICE_NAME,
        "dependencies": [KIT_NAME],
        "params": QUESTION,
        "content_files": [OutgoingFile(path, lambda: io.BytesIO(PIXEL)) for path in paths],
        "libraries": library_files([KIT, CHOICE]),
    }
    write_package(out, **(given | changes))
    return out.getvalue()


def test_what_was_written_is_read_again():
    package = read_package(ZipFiles(written("images/a.png")), {}).package

    assert package.title == "Что можно показать"
    assert (package.main, package.language) == (CHOICE_NAME, "ru")
    assert package.params == QUESTION
    assert package.content_files == ("images/a.png",)
    assert set(package.dependencies) == {CHOICE_NAME, KIT_NAME}


def test_the_same_content_gives_the_same_bytes():
    assert written("b.png", "a.png") == written("a.png", "b.png")
    assert sort_cards_package() == sort_cards_package()


def test_no_entry_tells_when_or_by_whom_it_was_made():
    archive = zipfile.ZipFile(io.BytesIO(written("a.png")))

    assert archive.namelist()[0] == "h5p.json"
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in archive.infolist()} == {3}
    assert archive.getinfo("content/a.png").compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    "path",
    ["../x.png", "/x.png", "a/../../x.png", ".hidden", "_x/a.png", "content.json", "", "a//b"],
)
def test_a_path_that_no_reader_would_take_is_not_written(path: str):
    with pytest.raises(ValueError, match="no such path"):
        written(path)


def test_a_file_must_not_come_twice():
    with pytest.raises(ValueError, match="no such path"):
        written("a.png", "a.png")


def test_content_without_a_title_is_called_like_its_type():
    assert read_package(ZipFiles(written(title="")), {}).package.title == "Opora.Choice"
