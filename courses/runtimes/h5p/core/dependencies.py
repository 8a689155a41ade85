"""Which libraries content needs, in the order of loading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.runtimes.h5p.core.libraries import Libraries, Library
from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.patterns import read_pattern
from courses.runtimes.h5p.core.problems import Problem

TEXT_LENGTH = 2_000
TEXTS_LENGTH = 400_000
"""How much of one text, and of all, an add-on's pattern is tried on, in characters."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file to load: ``path`` inside the folder of ``library``."""

    library: LibraryName
    path: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """``libraries`` stand dependencies first; ``scripts`` and ``styles`` follow the same order.

    ``missing_library`` is told once for each library; what needs it is still in the order.
    """

    libraries: tuple[LibraryName, ...]
    scripts: tuple[Asset, ...]
    styles: tuple[Asset, ...]
    addons: tuple[LibraryName, ...]
    problems: tuple[Problem, ...]


def resolve(main: LibraryName, params: Any, libraries: Libraries) -> Resolution:
    """Everything that ``main`` with ``params`` loads.

    First what the content names, in the order of meeting it, then ``main``, then the add-ons, each
    after its preloaded dependencies. Dynamic dependencies are loaded only where content names them.
    Other minor versions of a library stay side by side.
    """
    walk = _Walk(libraries)
    for name in named_in(params):
        walk.visit(name, "content")
    walk.visit(main, "h5p.json")
    addons = []
    for library in sorted(libraries.values(), key=lambda one: one.name):
        if (
            library.add_to
            and library.name not in walk.done
            and walk.is_wanted(library, main, params)
        ):
            addons.append(library.name)
            walk.visit(library.name, str(main))
    order = [libraries[name] for name in walk.order]
    dropped = frozenset[str]().union(*(library.drop_styles_of for library in order))
    return Resolution(
        libraries=tuple(walk.order),
        scripts=tuple(Asset(one.name, path) for one in order for path in one.scripts),
        styles=tuple(
            Asset(one.name, path)
            for one in order
            if one.name.name not in dropped
            for path in one.styles
        ),
        addons=tuple(addons),
        problems=tuple(walk.problems),
    )


def named_in(params: Any) -> list[LibraryName]:
    """Libraries that content names as ``{"library": "Name 1.2", …}``, inner ones first."""
    found: dict[LibraryName, None] = {}
    for value in reversed(list(_walk(params))):
        if isinstance(value, Mapping):
            name = LibraryName.parse(value.get("library"))
            if name is not None and ("params" in value or "subContentId" in value):
                found.setdefault(name)
    return list(found)


class _Walk:
    """Depth first, with a stack of its own: a chain of libraries may be long."""

    def __init__(self, libraries: Libraries) -> None:
        self.libraries = libraries
        self.order: list[LibraryName] = []
        self.done: set[LibraryName] = set()
        self.problems: list[Problem] = []
        self._open: set[LibraryName] = set()
        self._told: set[tuple[str, LibraryName]] = set()

    def visit(self, name: LibraryName, needed_by: str) -> None:
        stack = self._entered(name, needed_by)
        while stack:
            parent, waiting = stack[-1]
            following = next(waiting, None)
            if following is None:
                self.order.append(parent)
                self._open.discard(parent)
                stack.pop()
            else:
                stack.extend(self._entered(following, str(parent)))

    def _entered(
        self, name: LibraryName, needed_by: str
    ) -> list[tuple[LibraryName, Iterator[LibraryName]]]:
        if name in self._open:
            self._tell("dependency_cycle", name, library=str(name), needed_by=needed_by)
            return []
        if name in self.done:
            return []
        library = self.libraries.get(name)
        if library is None:
            self._tell("missing_library", name, library=str(name), needed_by=needed_by)
            return []
        self.done.add(name)
        self._open.add(name)
        return [(name, iter(library.preloaded))]

    def _tell(self, code: str, name: LibraryName, **details: str) -> None:
        if (code, name) not in self._told:
            self._told.add((code, name))
            self.problems.append(Problem(code, "", details))

    def is_wanted(self, addon: Library, main: LibraryName, params: Any) -> bool:
        """By ``addTo``: the main library is named, or a text of content fits a pattern."""
        player = _mapping(addon.add_to.get("player"))
        if main.name in _list(player.get("machineNames")):
            return True
        types = _list(_mapping(addon.add_to.get("content")).get("types"))
        for kind in types:
            source = _mapping(_mapping(kind).get("text")).get("regex")
            if not isinstance(source, str):
                continue
            pattern = read_pattern(source)
            if pattern is None:
                self._tell("unsafe_pattern", addon.name, library=str(addon.name))
            elif any(map(pattern.search, _texts(params))):
                return True
        return False


def _texts(params: Any) -> Iterator[str]:
    left = TEXTS_LENGTH
    for value in _walk(params):
        if isinstance(value, str) and left > 0:
            left -= len(value[:TEXT_LENGTH])
            yield value[:TEXT_LENGTH]


def _walk(value: Any) -> Iterator[Any]:
    """Every value inside, parents before children, without recursion."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
