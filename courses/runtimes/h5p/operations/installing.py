"""Installing content and the libraries that it brings."""

import hashlib
import html
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.runtimes.h5p import core
from courses.runtimes.h5p.core import (
    Filtered,
    LibraryName,
    PackagedLibrary,
    Resolution,
    filter_content,
    filter_metadata,
    read_package,
    resolve,
)
from courses.runtimes.h5p.models import H5PContent, Library, LibraryUse
from courses.runtimes.h5p.operations.bringing import Bringing, Replaced, may_install
from courses.runtimes.h5p.operations.joining import joined_files
from courses.runtimes.h5p.queries import as_core, installed_libraries, name_of
from courses.runtimes.packages.models import PackageVersion
from courses.runtimes.packages.operations import keep_tree
from courses.runtimes.packages.rules import Archive, Problem

CONTENT = "content/"


def install_content(*, version: PackageVersion, archive: Archive, at: datetime) -> list[Problem]:
    """Install what the archive of ``version`` plays, or return all that keeps it out.

    Libraries come along where the uploader may add them; others' content runs on installed ones.
    Sets the version's ``tree`` and ``facts``. Files are kept first, then all rows are written in
    one transaction; running it again is the same.

    Raises:
        UnsafeArchive: a file turned out damaged while it was unpacked.
    """
    installed = installed_libraries()
    reading = read_package(archive, installed)
    package = reading.package
    if package is None:
        return [_told(problem) for problem in reading.problems]
    if package.main is None:
        return [Problem("only_libraries")]
    bringing = Bringing(archive, package.libraries, installed)
    is_permitted = may_install(version.uploaded_by)
    libraries = bringing.merged() if is_permitted else installed
    refused = _missing([package.main], package.libraries, libraries)
    if refused:
        return refused
    filtered = filter_content(
        libraries[package.main], package.params, libraries, content_files=package.content_files
    )
    resolution = resolve(package.main, filtered.params, libraries)
    bringing.choose([*resolution.libraries, *package.dependencies] if is_permitted else [])
    refused = _refused(package.main, package.libraries, libraries, filtered, resolution)
    refused += bringing.not_approved()
    if refused:
        return refused
    trees = bringing.keep()
    names = _content_names(archive)
    tree = keep_tree(files=((path, archive.open(names[path])) for path in package.content_files))
    with transaction.atomic():
        replaced = bringing.install(trees, actor=version.uploaded_by, at=at)
        metadata = _metadata(package.h5p)
        content = _write(version, package.main, filtered.params, metadata, resolution)
        if replaced:
            _resolve_again(replaced)
        version.tree = tree
        version.facts = _facts(content, metadata, package.language, filtered, replaced, version)
        version.save(update_fields=["tree", "facts"])
    joined_files(content=content, at=at)
    return []


def install_libraries(*, archive: Archive, actor: Any, at: datetime) -> list[Problem]:
    """Install every library of an archive, whether or not it brings content too.

    Returns what keeps them out; ``library_not_permitted`` is one of the reasons.
    """
    installed = installed_libraries()
    reading = read_package(archive, installed)
    package = reading.package
    if package is None:
        return [_told(problem) for problem in reading.problems]
    names = [one.library.name for one in package.libraries]
    if not may_install(actor):
        return [Problem("library_not_permitted", details={"library": str(name)}) for name in names]
    bringing = Bringing(archive, package.libraries, installed)
    bringing.choose(names)
    refused = bringing.not_approved()
    if refused:
        return refused
    trees = bringing.keep()
    with transaction.atomic():
        _resolve_again(bringing.install(trees, actor=actor, at=at))
    return []


def _told(problem: core.Problem) -> Problem:
    return Problem(problem.code, problem.path, problem.details)


def _missing(
    names: Iterable[LibraryName], packaged: Iterable[PackagedLibrary], libraries: core.Libraries
) -> list[Problem]:
    """Libraries that the archive brings, but its uploader may not add."""
    brought = {one.library.name for one in packaged}
    return [
        Problem("library_not_permitted", details={"library": str(name)})
        for name in dict.fromkeys(names)
        if name not in libraries and name in brought
    ]


def _refused(
    main: LibraryName,
    packaged: Iterable[PackagedLibrary],
    libraries: core.Libraries,
    filtered: Filtered,
    resolution: Resolution,
) -> list[Problem]:
    absent = [one for one in resolution.problems if one.code == "missing_library"]
    left_out = [one for one in filtered.notes if one.code == "missing_library"]
    named = [LibraryName.parse(one.details["library"]) for one in (*absent, *left_out)]
    refused = _missing(filter(None, named), packaged, libraries)
    if not refused:
        refused = [_told(problem) for problem in absent]
    row = Library.objects.filter(
        name=main.name, major=main.major, minor=main.minor, is_restricted=True
    ).first()
    if row is not None:
        refused.append(Problem("library_restricted", details={"library": row.title}))
    return refused


def _content_names(archive: Archive) -> dict[str, str]:
    """Paths inside ``content/`` and the names in the archive, whatever the folder's letter case."""
    names = archive.names()
    return {name[len(CONTENT) :]: name for name in names if name.lower().startswith(CONTENT)}


def _metadata(h5p: Mapping[str, Any]) -> dict[str, Any]:
    """What ``h5p.json`` says for people; the core reads the languages itself."""
    languages = {
        key: h5p[key][:32]
        for key in ("language", "defaultLanguage")
        if isinstance(h5p.get(key), str)
    }
    return {**filter_metadata(h5p), **languages}


def _write(
    version: PackageVersion,
    main: LibraryName,
    params: dict[str, Any],
    metadata: dict[str, Any],
    resolution: Resolution,
) -> H5PContent:
    rows = {name_of(row): row for row in Library.objects.defer("semantics")}
    canonical = json.dumps([str(main), params], sort_keys=True, separators=(",", ":"))
    content, _is_new = H5PContent.objects.update_or_create(
        version=version,
        defaults={
            "main_library": rows[main],
            "params": params,
            "metadata": metadata,
            "content_hash": hashlib.sha256(canonical.encode()).hexdigest(),
        },
    )
    _write_uses(content, resolution.libraries, rows)
    return content


def _write_uses(
    content: H5PContent, names: Iterable[LibraryName], rows: Mapping[LibraryName, Library]
) -> None:
    content.uses.all().delete()
    LibraryUse.objects.bulk_create(
        LibraryUse(content=content, library=rows[name], position=position)
        for position, name in enumerate(names)
    )


def _resolve_again(replaced: Iterable[Replaced]) -> None:
    """A new patch may need other libraries than the old one did."""
    changed = [one.library for one in replaced]
    contents = H5PContent.objects.filter(uses__library__in=changed).distinct()
    if not changed or not contents:
        return
    rows = {name_of(row): row for row in Library.objects.all()}
    libraries = {name: as_core(row) for name, row in rows.items()}
    for content in contents.select_related("main_library"):
        resolution = resolve(name_of(content.main_library), content.params, libraries)
        _write_uses(content, resolution.libraries, rows)


def _facts(
    content: H5PContent,
    metadata: Mapping[str, Any],
    language: str,
    filtered: Filtered,
    replaced: list[Replaced],
    version: PackageVersion,
) -> dict[str, Any]:
    """What an editor should know of the version; the keys are read by templates."""
    main = content.main_library
    told_before = version.facts.get("replaced", [])
    return {
        "library": str(name_of(main)),
        "content_type": main.title,
        "title": html.unescape(metadata.get("title", "")),
        "language": language,
        "licence": metadata.get("license", ""),
        "reports_results": main.reports_results,
        "resumes": main.resumes,
        "replaced": [one.as_json() for one in replaced] or told_before,
        "external": list(filtered.external[:50]),
        "left_out": sorted(
            {
                str(note.details["library"])
                for note in filtered.notes
                if note.code in ("missing_library", "library_not_allowed")
            }
        ),
    }
