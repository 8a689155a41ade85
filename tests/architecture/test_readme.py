"""The README tells the truth about settings and targets."""

import re
from pathlib import Path


def test_every_variable_of_the_settings_stands_in_the_readme(project_dir: Path) -> None:
    code = "\n".join(path.read_text() for path in (project_dir / "cms/settings").glob("*.py"))
    named = set(re.findall(r'"(OPORA_[A-Z0-9_]+)"', code))
    for_tests = {name for name in named if name.startswith("OPORA_TEST_")}

    told = set(re.findall(r"`(OPORA_[A-Z0-9_]+)`", (project_dir / "README.md").read_text()))

    assert told == named - for_tests


def test_the_readme_begins_with_the_two_commands(project_dir: Path) -> None:
    lines = [line for line in (project_dir / "README.md").read_text().splitlines() if line.strip()]
    assert [line.split("#")[0].strip() for line in lines[2:4]] == ["make run", "make test"]


def test_every_picture_and_page_that_the_readme_links_to_is_there(project_dir: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (project_dir / "README.md").read_text())
    local = [link for link in links if "://" not in link]

    assert [link for link in local if not (project_dir / link).exists()] == []
