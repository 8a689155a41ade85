"""Reading a ``.h5p`` archive: what is in it, and everything that keeps it out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.runtimes.h5p.core.files import (
    CONTENT_ENDINGS,
    LIBRARY_ENDINGS,
    Files,
    Unreadable,
    ending,
    is_hidden,
    read_json,
)
from courses.runtimes.h5p.core.libraries import Libraries, Library, dependency_list, read_library
from courses.runtimes.h5p.core.names import LibraryName, is_machine_name
from courses.runtimes.h5p.core.problems import Problem

CONTENT = "content/"
MAIN = "h5p.json"
PARAMS = "content/content.json"


@dataclass(frozen=True, slots=True)
class PackagedLibrary:
    """A library inside an archive: ``files`` are paths inside ``folder``, hidden ones left out."""

    library: Library
    folder: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What an archive brings.

    ``main`` is ``None``, ``params`` empty for an archive of libraries only. ``h5p`` is ``h5p.json``
    and ``params`` is ``content.json`` as they were found: the filter comes later. ``dependencies``
    are those of ``h5p.json``. ``content_files`` are paths inside ``content/``, without
    ``content.json``. ``libraries`` are those in the archive: content exported without them has
    none.
    """

    main: LibraryName | None
    title: str
    language: str
    h5p: Mapping[str, Any]
    params: Any
    dependencies: tuple[LibraryName, ...]
    content_files: tuple[str, ...]
    libraries: tuple[PackagedLibrary, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reading:
    """``package`` is ``None`` exactly where there are problems."""

    package: Package | None
    problems: tuple[Problem, ...]


def read_package(files: Files, installed: Libraries) -> Reading:
    """Read and validate an archive whose names have already passed the checks of any zip.

    An archive without ``h5p.json`` and without content is taken as one of libraries only.
    Never raises on what is in the files; whatever ``files`` itself raises goes through.
    """
    names = sorted(name for name in files.names() if not name.endswith("/") and not is_hidden(name))
    reader = _Reader(files, _Names(names))
    libraries = tuple(reader.libraries())
    package = reader.content(libraries, installed)
    if package is None and not libraries and not reader.problems:
        reader.problems.append(Problem("nothing_inside"))
    if reader.problems or package is None:
        return Reading(None, tuple(reader.problems))
    return Reading(package, ())


class _Names:
    """The names of the archive, found whatever their letter case: some tools write ``H5P.json``."""

    def __init__(self, names: list[str]) -> None:
        self.all = names
        self._by_case = {name.lower(): name for name in reversed(names)}

    def find(self, name: str) -> str | None:
        return self._by_case.get(name.lower())

    def folders(self) -> dict[str, list[str]]:
        """Paths inside each folder of the archive's root, content aside."""
        found: dict[str, list[str]] = {}
        for name in self.all:
            folder, slash, path = name.partition("/")
            if slash and folder.lower() + "/" != CONTENT:
                found.setdefault(folder, []).append(path)
        return found

    def content(self) -> list[str]:
        return [name for name in self.all if name.lower().startswith(CONTENT)]


class _Reader:
    def __init__(self, files: Files, names: _Names) -> None:
        self.files = files
        self.names = names
        self.problems: list[Problem] = []

    def libraries(self) -> Iterator[PackagedLibrary]:
        seen: set[LibraryName] = set()
        for folder, paths in self.names.folders().items():
            self._endings([f"{folder}/{path}" for path in paths], LIBRARY_ENDINGS, "library")
            library = self._library(folder, paths)
            if library is None:
                continue
            if library.name in seen:
                details = {"library": str(library.name)}
                self.problems.append(Problem("repeated_library", folder, details))
                continue
            seen.add(library.name)
            yield PackagedLibrary(library, folder, tuple(paths))

    def _library(self, folder: str, paths: list[str]) -> Library | None:
        manifest = self._json(f"{folder}/library.json", dict)
        semantics: Any = []
        if "semantics.json" in paths:
            semantics = self._json(f"{folder}/semantics.json", list)
        for path in paths:
            if path.startswith("language/") and path.endswith(".json"):
                self._json(f"{folder}/{path}", dict)
        if manifest is None:
            return None
        library, problems = read_library(manifest, semantics, path=f"{folder}/library.json")
        self.problems.extend(problems)
        if library is None:
            return None
        if folder not in (library.name.name, library.name.folder):
            expected = {"expected": library.name.folder}
            self.problems.append(Problem("folder_name", folder, expected))
        for path in (*library.scripts, *library.styles):
            if path not in paths:
                self.problems.append(Problem("missing_file", f"{folder}/{path}"))
        return library

    def content(
        self, packaged: tuple[PackagedLibrary, ...], installed: Libraries
    ) -> Package | None:
        content = self.names.content()
        here = {one.library.name: one.library for one in packaged}
        if not content and self.names.find(MAIN) is None:
            self._missing(here, {}, installed)
            return Package(None, "", "", {}, {}, (), (), packaged) if packaged else None
        params_name = self.names.find(PARAMS)
        content_files = [name for name in content if name != params_name]
        self._endings(content_files, CONTENT_ENDINGS, "content")
        h5p = self._json(MAIN, dict)
        params = self._json(PARAMS, dict)
        if h5p is None:
            return None
        dependencies, readable = dependency_list(h5p.get("preloadedDependencies"))
        if not readable:
            self.problems.append(Problem("bad_value", MAIN, {"key": "preloadedDependencies"}))
        main = self._main(h5p, dependencies, here, installed)
        wanted = dict.fromkeys([*dependencies, *([main] if main else [])], MAIN)
        self._missing(here, wanted, installed)
        return Package(
            main=main,
            title=_line(h5p.get("title")),
            language=_language(h5p),
            h5p=h5p,
            params=params,
            dependencies=tuple(dependencies),
            content_files=tuple(name[len(CONTENT) :] for name in content_files),
            libraries=packaged,
        )

    def _main(
        self,
        h5p: Mapping[str, Any],
        dependencies: list[LibraryName],
        here: Libraries,
        installed: Libraries,
    ) -> LibraryName | None:
        """The main library: ``h5p.json`` names it without its version."""
        name = h5p.get("mainLibrary")
        if name is None:
            self.problems.append(Problem("missing_key", MAIN, {"key": "mainLibrary"}))
            return None
        versioned = LibraryName.parse(name)
        name = versioned.name if versioned else name
        if not is_machine_name(name):
            self.problems.append(Problem("bad_value", MAIN, {"key": "mainLibrary"}))
            return None
        for candidates in (dependencies, here, installed):
            named = [one for one in candidates if one.name == name]
            if named:
                main = max(named)
                library = here.get(main) or installed.get(main)
                if library is not None and not library.is_runnable:
                    self.problems.append(Problem("not_runnable", MAIN, {"library": str(main)}))
                return main
        self.problems.append(Problem("no_main_library", MAIN, {"library": str(name)}))
        return None

    def _missing(
        self, here: Libraries, wanted: Mapping[LibraryName, str], installed: Libraries
    ) -> None:
        """Each library that is neither in the package nor installed is told once."""
        needed = dict(wanted)
        for library in here.values():
            for name in (*library.preloaded, *library.dynamic):
                needed.setdefault(name, str(library.name))
        for name, needed_by in needed.items():
            if name not in here and name not in installed:
                details = {"library": str(name), "needed_by": needed_by}
                self.problems.append(Problem("missing_library", "", details))

    def _json(self, name: str, shape: type) -> Any:
        """The JSON of a file that must be there, or ``None`` and a problem."""
        found = self.names.find(name)
        if found is None:
            self.problems.append(Problem("missing_file", name))
            return None
        try:
            value = read_json(self.files, found)
        except Unreadable as error:
            self.problems.append(error.problem)
            return None
        if not isinstance(value, shape):
            expected = {"expected": "list" if shape is list else "object"}
            self.problems.append(Problem("wrong_shape", found, expected))
            return None
        return value

    def _endings(self, names: Collection[str], allowed: frozenset[str], place: str) -> None:
        self.problems.extend(
            Problem("file_not_allowed", name, {"place": place, "ending": ending(name)})
            for name in names
            if ending(name) not in allowed
        )


def _line(value: object) -> str:
    """A title on one line, at most 255 characters; tools write numbers too."""
    return " ".join(str(value).split())[:255] if isinstance(value, str | int | float) else ""


def _language(h5p: Mapping[str, Any]) -> str:
    """The language of the content as its author named it: ``ru``; ``und`` is nobody's language."""
    for key in ("defaultLanguage", "language"):
        value = h5p.get(key)
        if isinstance(value, str) and value.strip() and value != "und":
            return value.strip()[:32]
    return ""
