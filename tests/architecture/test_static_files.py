"""Every static file that a template names is there: the portal's manifest forgives no misprint."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

NAMED = re.compile(r"""{%\s*static\s+["']([^"'{}]+)["']""")


def named_files() -> list[tuple[str, str]]:
    """Pairs of a template and a static file that it names."""
    folders = (settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates"))
    return sorted(
        {
            (str(template.relative_to(settings.BASE_DIR)), name)
            for folder in folders
            for template in folder.rglob("*.html")
            for name in NAMED.findall(template.read_text())
        }
    )


@pytest.mark.parametrize(("template", "name"), named_files())
def test_the_static_file_exists(template: str, name: str) -> None:
    assert finders.find(name), f"{template} names {name}"
