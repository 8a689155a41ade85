"""The wheel in somebody else's Wagtail site, as ``wagtail start`` makes it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SETTINGS = """
INSTALLED_APPS += [
    "courses.pages", "courses", "courses.people", "courses.runtimes",
    "laces", "django_htmx", "django_tasks",
]
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1,
    "courses.runtimes.delivery.middleware.ContentOriginMiddleware",
)
MIDDLEWARE += ["django_htmx.middleware.HtmxMiddleware"]
OPORA_CONTENT_ORIGIN = "http://127.0.0.1:8000"
"""
ADDRESSES = """
urlpatterns.insert(0, path("", include("courses.urls")))
"""
SHIPPED = ("courses", "pyproject.toml", "README.md", "LICENSE")


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """What the command printed; its whole output is the message when it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={
            **{name: value for name, value in os.environ.items() if "DJANGO" not in name},
            "PYTHONPATH": str(path or ""),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, project_dir: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    for name in SHIPPED:
        source = project_dir / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", cwd=folder)
    return next(folder.joinpath("dist").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site-packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run(*pip, "--target", folder, wheel, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def fresh_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh") / "mysite"
    folder.mkdir()
    run(Path(sys.executable).with_name("wagtail"), "start", "mysite", folder, cwd=folder)
    for name, addition in (("settings/base.py", SETTINGS), ("urls.py", ADDRESSES)):
        file = folder / "mysite" / name
        file.write_text(file.read_text() + addition)
    return folder


def test_the_wheel_holds_the_courses_and_nothing_of_the_site(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"courses"}


@pytest.mark.parametrize("suffix", [".html", ".css", ".js", ".svg", ".mo"])
def test_the_wheel_holds_what_is_not_python_too(wheel: Path, suffix: str) -> None:
    assert any(name.endswith(suffix) for name in zipfile.ZipFile(wheel).namelist())


def test_a_fresh_site_serves_a_course_and_enrols_a_learner(
    fresh_site: Path, installed: Path
) -> None:
    manage = [sys.executable, "manage.py"]
    run(*manage, "check", "--fail-level", "WARNING", cwd=fresh_site, path=installed)
    run(*manage, "migrate", "--verbosity", "0", cwd=fresh_site, path=installed)
    run(*manage, "makemigrations", "--check", "--dry-run", cwd=fresh_site, path=installed)
    visit = Path(__file__).with_name("visit.py")
    run(sys.executable, visit, cwd=fresh_site, path=installed)
