"""Files stay small, say their role by their name, and are found by Django."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = settings.BASE_DIR
PACKAGES = ("cms", "courses", "home", "tests", "templates")
WRITTEN = {".py", ".html", ".css", ".js"}
MOST_LINES = 600
NAMELESS = {"common", "core", "helper", "helpers", "misc", "service", "services", "util", "utils"}
# Django, Wagtail and the workers look for these in the app's package only.
GATHERED = ("models", "tasks", "wagtail_hooks")


def written_files() -> Iterator[Path]:
    for package in PACKAGES:
        for path in ROOT.joinpath(package).rglob("*"):
            if path.suffix in WRITTEN and "migrations" not in path.parts:
                yield path.relative_to(ROOT)


def test_no_file_is_too_long_to_be_held_in_one_head() -> None:
    lengths = {path: len(ROOT.joinpath(path).read_text().splitlines()) for path in written_files()}

    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_module_hides_its_role_behind_a_name_without_meaning() -> None:
    assert [str(path) for path in written_files() if path.stem in NAMELESS] == []


def _imported_by(path: Path) -> set[str]:
    return {
        node.module
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }


@pytest.mark.parametrize("role", GATHERED)
def test_what_the_parts_define_is_gathered_where_django_looks(role: str) -> None:
    apps_of_their_own = {Path(app.path) for app in apps.get_app_configs()}
    parts = [
        path.parent
        for pattern in (f"*/{role}.py", f"*/{role}/__init__.py")
        for path in ROOT.joinpath("courses").glob(pattern)
    ]
    parts = [part.parent if part.name == role else part for part in parts]
    expected = {f"courses.{part.name}.{role}" for part in parts if part not in apps_of_their_own}
    gathering = ROOT / "courses" / f"{role}.py"
    gathered = _imported_by(gathering) if gathering.exists() else set()

    assert expected - gathered == set()


def test_migrations_have_telling_names() -> None:
    names = [
        path.stem
        for package in ("cms", "courses", "home")
        for path in ROOT.joinpath(package).rglob("migrations/[0-9]*.py")
    ]

    assert names
    assert [name for name in names if re.search(r"_auto_|_initial$|_and_more$", name)] == []
