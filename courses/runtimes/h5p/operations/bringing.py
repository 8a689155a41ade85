"""The libraries that an archive brings, and which of them become ours."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from courses.foundation.conf import conf
from courses.runtimes.h5p import core
from courses.runtimes.h5p.core import LibraryName, PackagedLibrary, best_patches, capabilities
from courses.runtimes.h5p.models import Library
from courses.runtimes.packages.models import Tree
from courses.runtimes.packages.operations import keep_tree
from courses.runtimes.packages.rules import Archive, Problem, tree_digest

PERMISSION = "opora_runtimes.add_library"
READ_AT_ONCE = 256 * 1024


def may_install(actor: Any) -> bool:
    """Whether the person may bring code of libraries, and not only content.

    Without a person it is the installation itself, which brings its own.
    """
    return actor is None or actor.has_perm(PERMISSION)


@dataclass(frozen=True, slots=True)
class Replaced:
    """An installed library that has got a higher patch."""

    library: Library
    before: int

    def as_json(self) -> dict[str, Any]:
        name = f"{self.library.name} {self.library.major}.{self.library.minor}"
        return {"library": name, "before": self.before, "now": self.library.patch}


class Bringing:
    """The libraries of one archive that are new here or newer than the installed ones."""

    def __init__(
        self, archive: Archive, packaged: Sequence[PackagedLibrary], installed: core.Libraries
    ) -> None:
        self._archive = archive
        self._installed = installed
        self._newer = {
            one.library.name: one
            for one in packaged
            if one.library.name not in installed
            or one.library.patch > installed[one.library.name].patch
        }
        self._chosen: list[PackagedLibrary] = []

    def merged(self) -> dict[LibraryName, core.Library]:
        """Every library that there will be, with its highest patch."""
        newer = (one.library for one in self._newer.values())
        return best_patches([*self._installed.values(), *newer])

    def choose(self, wanted: Iterable[LibraryName]) -> None:
        """Take ``wanted`` with what they need or may name, but not what authoring tools need."""
        waiting = list(wanted)
        if waiting:
            waiting += [name for name, one in self._newer.items() if one.library.add_to]
        libraries = self.merged()
        reached: dict[LibraryName, None] = {}
        while waiting:
            name = waiting.pop()
            if name in reached or name not in libraries:
                continue
            reached[name] = None
            waiting += [*libraries[name].preloaded, *libraries[name].dynamic]
        self._chosen = [one for name, one in self._newer.items() if name in reached]

    def not_approved(self) -> list[Problem]:
        """Those of a content that the site's list of approved libraries does not have."""
        approved = conf.OPORA_H5P_APPROVED_HASHES
        if approved is None:
            return []
        digests = [(one, self._digest(one)) for one in self._chosen]
        return [
            Problem(
                "library_not_approved",
                one.folder,
                {"library": f"{one.library.name}.{one.library.patch}", "digest": digest},
            )
            for one, digest in digests
            if digest not in approved
        ]

    def keep(self) -> dict[LibraryName, Tree]:
        """Keep the files of the chosen ones."""
        return {one.library.name: keep_tree(files=self._files(one)) for one in self._chosen}

    def install(
        self, trees: Mapping[LibraryName, Tree], *, actor: Any, at: datetime
    ) -> list[Replaced]:
        """Write the chosen ones down; returns the installed libraries that they have replaced."""
        replaced = []
        for one in self._chosen:
            library = one.library
            values = self._values(one, trees[library.name], actor, at)
            row, is_new = Library.objects.get_or_create(
                name=library.name.name,
                major=library.name.major,
                minor=library.name.minor,
                defaults=values,
            )
            if is_new:
                continue
            row = Library.objects.select_for_update().get(pk=row.pk)
            before = row.patch
            # Another import may have been quicker with the same or a better one.
            if library.patch > before:
                for field, value in values.items():
                    setattr(row, field, value)
                row.save()
                replaced.append(Replaced(row, before))
        return replaced

    def _values(self, one: PackagedLibrary, tree: Tree, actor: Any, at: datetime) -> dict[str, Any]:
        library = one.library
        found = capabilities(self._sources(one))
        return {
            "patch": library.patch,
            "title": library.title,
            "manifest": dict(library.manifest),
            "semantics": list(library.semantics),
            "is_runnable": library.is_runnable,
            "reports_results": found.reports_results,
            "resumes": found.resumes,
            "tree": tree,
            "installed_at": at,
            "installed_by": actor,
        }

    def _files(self, one: PackagedLibrary) -> Iterator[tuple[str, BinaryIO]]:
        return ((path, self._archive.open(f"{one.folder}/{path}")) for path in one.files)

    def _sources(self, one: PackagedLibrary) -> Iterator[str]:
        for path in one.library.scripts:
            with self._archive.open(f"{one.folder}/{path}") as file:
                yield file.read().decode("utf-8", "replace")

    def _digest(self, one: PackagedLibrary) -> str:
        """What the digest of the library's tree will be, before anything is kept."""
        files: dict[str, list[str | int]] = {}
        for path, content in self._files(one):
            digest, size = hashlib.sha256(), 0
            with content:
                while piece := content.read(READ_AT_ONCE):
                    digest.update(piece)
                    size += len(piece)
            files[path] = [digest.hexdigest(), size]
        return tree_digest(files)
