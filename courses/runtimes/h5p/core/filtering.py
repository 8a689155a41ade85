"""The semantic filter: out of any JSON, parameters that the library's semantics describe."""

import re
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from courses.runtimes.h5p.core.libraries import Libraries, Library
from courses.runtimes.h5p.core.media import escaped, filter_file
from courses.runtimes.h5p.core.metadata import COPYRIGHT_FIELDS, METADATA_FIELDS
from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.numbers import filter_boolean, filter_number
from courses.runtimes.h5p.core.problems import Problem
from courses.runtimes.h5p.core.semantics import Field, read_fields
from courses.runtimes.h5p.core.texts import filter_text, plain

DEPTH = 60
"""How deeply fields may be nested; real content reaches about 25."""

NOTES = 500
"""How many notes are kept: hostile content could make one of every value."""

UUID = re.compile(
    r"\{?[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\}?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Filtered:
    """``params`` are safe to play; ``notes`` tell what was changed, left out or is worth knowing.

    ``libraries`` are those that the content names, in the order of meeting them. ``external`` are
    the addresses of other sites that the content loads files from.
    """

    params: dict[str, Any]
    notes: tuple[Problem, ...]
    libraries: tuple[LibraryName, ...]
    external: tuple[str, ...]


def filter_content(
    main: Library,
    params: Any,
    libraries: Libraries,
    *,
    content_files: Collection[str] | None = None,
) -> Filtered:
    """``params`` of ``main`` by its semantics; never raises, and a second time changes nothing.

    ``libraries`` are those that content may use: installed and packaged. ``content_files`` are the
    paths inside ``content/``; with them a file that is not there is noted.

    As H5P core: a group of one field is its field's value; a group that came empty stays, because
    content types reach into it; an empty list is left out; an optional value stays as it is among
    unknown options. Beyond core: required values that are missing are filled from the semantics'
    defaults, and every sub-content has a UUID of its own.
    """
    work = _Filter(libraries, None if content_files is None else frozenset(content_files))
    fields = read_fields(main.semantics)
    filtered = work.members(fields, params, "", 0)
    external = [note.details["address"] for note in work.notes if note.code == "external_address"]
    return Filtered(
        params=filtered,
        notes=tuple(work.notes),
        libraries=tuple(work.used),
        external=tuple(dict.fromkeys(map(str, external))),
    )


def filter_metadata(metadata: Any) -> dict[str, Any]:
    """Title, license, authors and the like from ``h5p.json`` or ``metadata``, made plain."""
    return _Filter({}, None).members(METADATA_FIELDS, metadata, "", 0)


class _Filter:
    def __init__(self, libraries: Libraries, content_files: frozenset[str] | None) -> None:
        self.libraries = libraries
        self.content_files = content_files
        self.notes: list[Problem] = []
        self.used: dict[LibraryName, None] = {}
        self.types: dict[str, Callable[[Field, Any, str, int], Any]] = {
            "text": lambda field, value, *_: filter_text(field, value),
            "number": lambda field, value, *_: filter_number(field, value),
            "boolean": lambda _field, value, *_: filter_boolean(value),
            "select": self.select,
            "list": self.list,
            "group": self.group,
            "library": self.library,
            "file": self.file,
            "image": self.file,
            "video": self.files,
            "audio": self.files,
        }

    def note(self, code: str, path: str, **details: str | int) -> None:
        if len(self.notes) < NOTES:
            self.notes.append(Problem(code, path, details))

    def value(self, field: Field, value: Any, path: str, depth: int) -> Any:
        """The filtered value or the default; ``None`` where the key has to go."""
        if depth > DEPTH:
            self.note("too_deep", path)
            return None
        by_type = self.types.get(field.type)
        if by_type is None:
            self.note("unknown_type", path, type=field.type[:80])
            return None
        found = None if value is None else by_type(field, value, path, depth)
        if found is None and not field.is_optional:
            found = self._default(field, path, depth)
        return found

    def _default(self, field: Field, path: str, depth: int) -> Any:
        if field.default is not None:
            return self.types[field.type](field, field.default, path, depth)
        if field.type == "group" and not field.is_subcontent:
            return self.group(field, {}, path, depth) or None
        return None

    def members(self, fields: list[Field], value: Any, path: str, depth: int) -> dict[str, Any]:
        """The fields of a group, in the order of the semantics."""
        given = value if isinstance(value, Mapping) else {}
        known = {field.name: field for field in reversed(fields)}
        for key in given:
            if key not in known:
                self.note("unknown_key", path, key=str(key)[:80])
        found = {}
        for name in dict.fromkeys(field.name for field in fields):
            place = f"{path}.{name}" if path else name
            kept = self.value(known[name], given.get(name), place, depth + 1)
            if kept is not None:
                found[name] = kept
        return found

    def group(self, field: Field, value: Any, path: str, depth: int) -> Any:
        fields = field.fields()
        if len(fields) == 1 and not field.is_subcontent:
            return self.value(fields[0], _unwrapped(fields[0], value), path, depth + 1)
        if not isinstance(value, Mapping):
            return None
        given = dict(value)
        sub_content_id = given.pop("subContentId", None) if field.is_subcontent else None
        found = self.members(fields, given, path, depth)
        if field.is_subcontent:
            found["subContentId"] = _sub_content_id(sub_content_id, path)
        return found

    def list(self, field: Field, value: Any, path: str, depth: int) -> Any:
        item = field.item()
        if item is None or not isinstance(value, list | tuple):
            return None
        limit, least = field.bound("max"), field.bound("min")
        if limit is not None and len(value) > max(0, limit):
            self.note("too_many_items", path, limit=int(limit))
            value = value[: max(0, int(limit))]
        found = (
            self.value(item, one, f"{path}[{place}]", depth + 1) for place, one in enumerate(value)
        )
        kept = [one for one in found if one is not None]
        if least is not None and 0 < len(kept) < least:
            self.note("too_few_items", path, limit=int(least))
        return kept or None

    def select(self, field: Field, value: Any, path: str, _depth: int) -> Any:
        options = {_key(option): option for option in field.options()}
        given = value if isinstance(value, list) else [value]
        chosen = []
        for one in given:
            if not isinstance(one, str | int | float | bool):
                continue
            known = _key(one) in options
            if not known and options and not field.is_optional:
                self.note("not_an_option", path, value=str(one)[:80])
                continue
            option = options[_key(one)] if known else one
            chosen.append(plain(option) if isinstance(option, str) else option)
        if field.raw.get("multiple") is True:
            return chosen
        if chosen:
            return chosen[0]
        first = next(iter(options.values()), None)
        if first is None or field.is_optional or _key(field.default) in options:
            return None
        return plain(first) if isinstance(first, str) else first

    def file(self, field: Field, value: Any, path: str, depth: int) -> Any:
        return filter_file(
            value,
            field.type,
            field.extra_keys(),
            path,
            content_files=self.content_files,
            copyright_of=lambda part, place: (
                self.members(COPYRIGHT_FIELDS, part, place, depth)
                if isinstance(part, Mapping)
                else None
            ),
            note=self.note,
        )

    def files(self, field: Field, value: Any, path: str, depth: int) -> Any:
        """Video and audio are lists of the same recording in several formats."""
        if not isinstance(value, list):
            return None
        found = (
            self.file(field, one, f"{path}[{place}]", depth) for place, one in enumerate(value)
        )
        return [one for one in found if one is not None] or None

    def library(self, field: Field, value: Any, path: str, depth: int) -> Any:
        """Sub-content: ``{"library": "Name 1.2", "params": {…}, "subContentId": …}``."""
        name = LibraryName.parse(value.get("library")) if isinstance(value, Mapping) else None
        if name is None:
            return None
        name = self._allowed(name, field, path)
        library = self.libraries.get(name) if name is not None else None
        if name is None or library is None:
            if name is not None:
                self.note("missing_library", path, library=str(name), needed_by=path)
            return None
        self.used.setdefault(name)
        params = self.members(
            read_fields(library.semantics), value.get("params"), f"{path}.params", depth
        )
        found: dict[str, Any] = {"library": str(name), "params": params}
        found["subContentId"] = _sub_content_id(value.get("subContentId"), path)
        if isinstance(value.get("metadata"), Mapping):
            found["metadata"] = self.members(
                METADATA_FIELDS, value["metadata"], f"{path}.metadata", depth
            )
        for key in sorted(field.extra_keys() - set(found)):
            if value.get(key) is not None:
                found[key] = escaped(value[key])
        return found

    def _allowed(self, name: LibraryName, field: Field, path: str) -> LibraryName | None:
        """``name`` where the field offers it.

        Another minor version of the same major is let through where it is there: content that was
        upgraded by other tools has such pairs, and leaving the part out would lose it silently.
        """
        options = [one for one in map(LibraryName.parse, field.options()) if one is not None]
        if name in options:
            return name
        alike = [one for one in options if (one.name, one.major) == (name.name, name.major)]
        if not alike:
            self.note("library_not_allowed", path, library=str(name))
            return None
        self.note("library_version", path, library=str(name), expected=str(alike[0]))
        return name


def _unwrapped(field: Field, value: Any) -> Any:
    """The value of a group of one field: H5P writes the field's value in place of the group.

    Some tools write ``{"name": value}`` all the same; that is seen where the value is no object.
    """
    is_wrapped = isinstance(value, Mapping) and list(value) == [field.name]
    if is_wrapped and field.type in ("text", "number", "boolean", "select", "list"):
        return value[field.name]
    return None if value == {} else value


def _sub_content_id(value: Any, path: str) -> str:
    """The id, or a new one that is the same each time for the same place."""
    if isinstance(value, str) and UUID.fullmatch(value):
        return value
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"h5p-sub-content:{path}:{value!r}"))


def _key(value: Any) -> str:
    """How PHP and JavaScript compare the values of a select: ``1`` and ``"1"`` are one."""
    if isinstance(value, bool):
        return str(value).lower()
    return plain(str(int(value) if isinstance(value, float) and value.is_integer() else value))
