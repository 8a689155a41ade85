"""Title, license and authors of content: the fields that H5P core fixes for every content type."""

from collections.abc import Mapping
from typing import Any

from courses.runtimes.h5p.core.semantics import Field, read_fields

LICENSES = (
    "U",
    "CC BY",
    "CC BY-SA",
    "CC BY-ND",
    "CC BY-NC",
    "CC BY-NC-SA",
    "CC BY-NC-ND",
    "CC0 1.0",
    "CC PDM",
    "GNU GPL",
    "PD",
    "ODC PDDL",
    "C",
)
VERSIONS = ("4.0", "3.0", "2.5", "2.0", "1.0")
ROLES = ("Author", "Editor", "Licensee", "Originator")
LENGTHS: Mapping[str, int] = {
    "title": 255,
    "a11yTitle": 255,
    "source": 255,
    "licenseExtras": 5000,
    "authorComments": 50_000,
    "contentType": 255,
    "defaultLanguage": 32,
}


def _text(name: str, length: int = 255) -> dict[str, Any]:
    return {"name": name, "type": "text", "optional": True, "maxLength": length}


def _choice(name: str, values: tuple[str, ...]) -> dict[str, Any]:
    """An invalid choice becomes the first value, a missing one stays missing."""
    options = [{"value": value, "label": value} for value in values]
    return {"name": name, "type": "select", "options": options}


def _year(name: str) -> dict[str, Any]:
    return {"name": name, "type": "number", "min": -9999, "max": 9999, "optional": True}


def _list(name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    item = {"name": "item", "type": "group", "optional": True, "fields": fields}
    return {"name": name, "type": "list", "optional": True, "max": 100, "field": item}


METADATA_FIELDS: list[Field] = read_fields(
    [
        *(_text(name, length) for name, length in LENGTHS.items()),
        _choice("license", LICENSES) | {"default": "U"},
        _choice("licenseVersion", VERSIONS) | {"optional": True},
        _year("yearFrom"),
        _year("yearTo"),
        _list("authors", [_text("name"), _choice("role", ROLES) | {"default": "Author"}]),
        _list("changes", [_text("date", 32), _text("author"), _text("log", 5000)]),
    ]
)
COPYRIGHT_FIELDS: list[Field] = read_fields(
    [
        _text("title"),
        _text("author"),
        _text("year", 32),
        _text("source"),
        _text("license", 32),
        _text("version", 32),
    ]
)
"""The older form that files carry."""
