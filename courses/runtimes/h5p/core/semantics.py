"""``semantics.json``: the fields of a library's content, read with patience.

It comes from a package, so each value may be anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TYPES = frozenset(
    [
        "text",
        "number",
        "boolean",
        "select",
        "list",
        "group",
        "library",
        "file",
        "image",
        "video",
        "audio",
    ]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` in its group, ``type`` of :data:`TYPES` or unknown, ``raw`` the rest."""

    name: str
    type: str
    raw: Mapping[str, Any]

    @property
    def is_optional(self) -> bool:
        return self.raw.get("optional") is True

    @property
    def is_subcontent(self) -> bool:
        return self.raw.get("isSubContent") is True

    @property
    def default(self) -> Any:
        return self.raw.get("default")

    def fields(self) -> list["Field"]:
        """The fields of a group."""
        return read_fields(self.raw.get("fields"))

    def item(self) -> "Field | None":
        """What a list is made of."""
        return read_field(self.raw.get("field"))

    def bound(self, key: str) -> float | None:
        """A number of the semantics; they hold texts too."""
        return as_number(self.raw.get(key))

    def extra_keys(self) -> set[str]:
        extra = self.raw.get("extraAttributes")
        return {key for key in extra if isinstance(key, str)} if isinstance(extra, list) else set()

    def options(self) -> list[Any]:
        """The values of a select, groups of options opened, or the names of a library's options."""
        return list(
            _options(self.raw.get("options"), "name" if self.type == "library" else "value")
        )


def read_fields(raw: Any) -> list[Field]:
    entries = raw if isinstance(raw, Sequence) and not isinstance(raw, str | bytes) else ()
    return [field for field in map(read_field, entries) if field is not None]


def read_field(raw: Any) -> Field | None:
    if not isinstance(raw, Mapping):
        return None
    name, kind = raw.get("name"), raw.get("type")
    return Field(name if isinstance(name, str) else "", kind if isinstance(kind, str) else "", raw)


def as_number(value: Any) -> float | None:
    """A finite number from a number or its text, at most 10¹⁵ either side of zero."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value) if isinstance(value, int) else float(value)
    except ValueError:
        return None
    if number != number:
        return None
    return max(-(10**15), min(10**15, number))


def _options(raw: Any, key: str, depth: int = 0) -> Iterator[Any]:
    for entry in raw if isinstance(raw, list | tuple) else ():
        if isinstance(entry, Mapping) and entry.get("type") == "optgroup" and depth < 3:
            yield from _options(entry.get("options"), key, depth + 1)
        elif isinstance(entry, Mapping):
            if isinstance(entry.get(key), str | int | float | bool):
                yield entry[key]
        elif isinstance(entry, str):
            yield entry
