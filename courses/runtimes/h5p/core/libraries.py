"""One library as its ``library.json`` and ``semantics.json`` describe it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.runtimes.h5p.core.names import LibraryName, is_machine_name, version_number
from courses.runtimes.h5p.core.problems import Problem

CORE_API = (1, 28)
"""The H5P core that content plays on; ``coreApi`` of a library may not ask for more."""

PATH_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is installed or lies in a package.

    ``scripts`` and ``styles`` are paths inside its folder, in the order of loading; ``preloaded``
    are the libraries that must be loaded before it, ``dynamic`` those that its content may name,
    ``editor`` what only an authoring tool needs. ``add_to`` is the raw rule of an add-on, empty for
    others. ``semantics`` are the raw fields of its content. ``manifest`` is the whole
    ``library.json``.
    """

    name: LibraryName
    patch: int
    title: str
    is_runnable: bool
    has_fullscreen: bool = False
    embed_types: tuple[str, ...] = ()
    core_api: tuple[int, int] = (1, 0)
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    preloaded: tuple[LibraryName, ...] = ()
    dynamic: tuple[LibraryName, ...] = ()
    editor: tuple[LibraryName, ...] = ()
    drop_styles_of: frozenset[str] = frozenset()
    add_to: Mapping[str, Any] = field(default_factory=dict)
    semantics: Sequence[Any] = ()
    manifest: Mapping[str, Any] = field(default_factory=dict)


Libraries = Mapping[LibraryName, Library]
"""Installed libraries by name; of several patches the best: see :func:`best_patches`."""


def read_library(
    manifest: object, semantics: object = (), *, path: str = "library.json"
) -> tuple[Library | None, list[Problem]]:
    """The library of a parsed ``library.json``, or ``None`` and all that is wrong with it.

    Numbers may be written as texts, unknown keys do not matter, ``runnable`` may be missing or a
    truth value, and an odd optional value is left aside. ``path`` goes into the problems.
    """
    if not isinstance(manifest, Mapping):
        return None, [Problem("wrong_shape", path, {"expected": "object"})]
    problems = _problems(manifest, path)
    if problems:
        return None, problems
    name = LibraryName.read(manifest)
    patch = version_number(manifest.get("patchVersion", 0))
    if name is None or patch is None:
        raise AssertionError("every bad name and version is a problem")
    return (
        Library(
            name=name,
            patch=patch,
            title=_text(manifest.get("title")) or name.name,
            is_runnable=_flag(manifest.get("runnable")),
            has_fullscreen=_flag(manifest.get("fullscreen")),
            embed_types=tuple(
                t for t in _list(manifest.get("embedTypes")) if t in ("iframe", "div")
            ),
            core_api=_core_api(manifest) or (1, 0),
            scripts=_paths(manifest.get("preloadedJs")),
            styles=_paths(manifest.get("preloadedCss")),
            preloaded=_names(manifest.get("preloadedDependencies")),
            dynamic=_names(manifest.get("dynamicDependencies")),
            editor=_names(manifest.get("editorDependencies")),
            drop_styles_of=frozenset(
                str(one["machineName"])
                for one in _list(manifest.get("dropLibraryCss"))
                if isinstance(one, Mapping) and is_machine_name(one.get("machineName"))
            ),
            add_to=_mapping(manifest.get("addTo")),
            semantics=tuple(_list(semantics)),
            manifest=dict(manifest),
        ),
        [],
    )


def best_patches(libraries: Iterable[Library]) -> dict[LibraryName, Library]:
    """Each name once, with its highest patch; of equal patches the first one."""
    best: dict[LibraryName, Library] = {}
    for library in libraries:
        known = best.get(library.name)
        if known is None or library.patch > known.patch:
            best[library.name] = library
    return best


def dependency_list(value: object) -> tuple[list[LibraryName], bool]:
    """The names in a list of dependencies, and whether each entry could be read.

    A single dependency may stand without its list, and the list may be ``null``.
    """
    entries = [value] if isinstance(value, Mapping) else _list(value)
    names = [LibraryName.read(entry) for entry in entries]
    readable = value is None or isinstance(value, Mapping | list)
    return list(dict.fromkeys(filter(None, names))), readable and None not in names


def safe_path(path: object) -> str | None:
    """A path inside a folder with ``/`` between its parts, or ``None`` where it leads elsewhere."""
    if not isinstance(path, str):
        return None
    path = path.replace("\\", "/").removeprefix("./")
    parts = path.split("/")
    unsafe = not path or len(path) > PATH_LENGTH or ":" in path or "\0" in path
    return None if unsafe or {"", ".", ".."} & set(parts) else path


def _problems(manifest: Mapping[str, Any], path: str) -> list[Problem]:
    found = []
    for key in ("machineName", "majorVersion", "minorVersion"):
        if manifest.get(key) is None:
            found.append(Problem("missing_key", path, {"key": key}))
        elif (key == "machineName" and not is_machine_name(manifest[key])) or (
            key != "machineName" and version_number(manifest[key]) is None
        ):
            found.append(Problem("bad_value", path, {"key": key}))
    if version_number(manifest.get("patchVersion", 0)) is None:
        found.append(Problem("bad_value", path, {"key": "patchVersion"}))
    for key in ("preloadedDependencies", "dynamicDependencies"):
        if not dependency_list(manifest.get(key))[1]:
            found.append(Problem("bad_value", path, {"key": key}))
    for key in ("preloadedJs", "preloadedCss"):
        if any(safe_path(_path_of(entry)) is None for entry in _list(manifest.get(key))):
            found.append(Problem("bad_value", path, {"key": key}))
    needed = _core_api(manifest)
    if manifest.get("coreApi") and needed is None:
        found.append(Problem("bad_value", path, {"key": "coreApi"}))
    if needed is not None and needed > CORE_API:
        details = {"needed": "{}.{}".format(*needed), "offered": "{}.{}".format(*CORE_API)}
        found.append(Problem("core_too_old", path, details))
    return found


def _core_api(manifest: Mapping[str, Any]) -> tuple[int, int] | None:
    value = _mapping(manifest.get("coreApi"))
    major, minor = (
        version_number(value.get("majorVersion")),
        version_number(value.get("minorVersion")),
    )
    return None if major is None or minor is None else (major, minor)


def _paths(value: object) -> tuple[str, ...]:
    paths = (safe_path(_path_of(entry)) for entry in _list(value))
    return tuple(dict.fromkeys(filter(None, paths)))


def _path_of(entry: object) -> object:
    """A file is listed as ``{"path": "…"}``."""
    return entry.get("path") if isinstance(entry, Mapping) else entry


def _names(value: object) -> tuple[LibraryName, ...]:
    return tuple(dependency_list(value)[0])


def _flag(value: object) -> bool:
    return value in (1, True, "1", "true")


def _text(value: object) -> str:
    return " ".join(value.split())[:255] if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
