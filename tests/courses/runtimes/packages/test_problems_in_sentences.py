"""Each problem is told in a sentence that says what to do next."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from courses.runtimes.packages.components import told
from courses.runtimes.packages.errors import SENTENCES
from courses.runtimes.viewsets import SENTENCES as SENTENCES_OF_KINDS

CODE = re.compile(r'Problem\(\s*"([a-z_]+)"')


def problem(code: str, path: str = "", **details: str | int) -> dict:
    return {"code": code, "path": path, "details": details}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def test_every_code_of_the_rules_and_of_the_import_has_its_sentence(project_dir: Path) -> None:
    runtimes = project_dir / "courses" / "runtimes"
    files = [*(runtimes / "packages" / "rules").glob("*.py"), runtimes / "operations.py"]
    codes = {code for file in files for code in CODE.findall(file.read_text())}

    assert codes == set(SENTENCES)


def test_no_kind_calls_something_else_by_a_code_of_the_archive() -> None:
    for sentences in SENTENCES_OF_KINDS.values():
        assert not set(sentences) & set(SENTENCES)


def test_files_with_the_same_problem_stand_below_one_sentence() -> None:
    one, other = told(
        [
            problem("nested_archive", "a.zip"),
            problem("backslash", "b\\c"),
            problem("nested_archive", "d.rar"),
            problem("nested_archive", more=7),
        ],
        {},
    )

    assert one.sentence.startswith("There are archives in the archive.")
    assert (one.paths, one.more) == (["a.zip", "d.rar"], 7)
    assert (other.paths, other.more) == (["b\\c"], 0)


def test_numbers_and_names_are_filled_in() -> None:
    [files, names] = told(
        [
            problem("too_many_files", count=6_000, limit=5_000),
            problem("case_collision", "A.png", other="a.png"),
        ],
        {},
    )

    assert "There are 6000 files" in files.sentence
    assert "“a.png”" in names.sentence


def test_a_kind_brings_its_own_sentences_and_may_name_the_file_in_them() -> None:
    [one] = told([problem("bad_json", "h5p.json")], {"bad_json": "%(path)s is damaged."})

    assert (one.sentence, one.paths) == ("h5p.json is damaged.", [])


def test_a_problem_from_before_an_update_is_told_as_it_is() -> None:
    gone, changed = told(
        [problem("forgotten", "a"), problem("changed")], {"changed": "At most %(limit)s."}
    )

    assert (gone.sentence, gone.paths) == ("forgotten", ["a"])
    assert changed.sentence == "At most %(limit)s."


def test_a_per_cent_sign_in_a_name_does_no_harm() -> None:
    [one] = told([problem("bad", "100%s.png")], {"bad": "Look at %(path)s."})

    assert one.sentence == "Look at 100%s.png."
