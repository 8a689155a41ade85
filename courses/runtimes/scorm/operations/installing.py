"""Installing a package."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.runtimes.packages.models import PackageVersion
from courses.runtimes.packages.operations import keep_tree
from courses.runtimes.packages.rules import Archive, Problem
from courses.runtimes.packages.rules.problems import shortened
from courses.runtimes.scorm import core
from courses.runtimes.scorm.core import ItemKind, Manifest, manifest_to_json, read_manifest
from courses.runtimes.scorm.models import ScormContent
from courses.runtimes.scorm.rules import Speaking, may_speak, speaking


def install_content(
    *,
    version: PackageVersion,
    archive: Archive,
    at: datetime,  # noqa: ARG001
) -> list[Problem]:
    """Install what the archive of ``version`` plays, or return all that keeps it out.

    Sets the version's ``tree`` and ``facts``. Files are kept first, then all rows are written in
    one transaction; running it again is the same.

    Raises:
        UnsafeArchive: a file turned out damaged while it was unpacked.
    """
    reading = read_manifest(archive)
    told = _told(sorted(reading.problems, key=lambda problem: not problem.refuses))
    if reading.manifest is None:
        return told
    said = speaking(_sources(archive))
    tree = keep_tree(files=((name, archive.open(name)) for name in archive.names()))
    with transaction.atomic():
        ScormContent.objects.update_or_create(
            version=version, defaults={"manifest": manifest_to_json(reading.manifest)}
        )
        version.tree = tree
        version.facts = _facts(reading.manifest, said, told)
        version.save(update_fields=["tree", "facts"])
    return []


def _told(problems: Sequence[core.Problem]) -> list[Problem]:
    return list(shortened(Problem(str(one.code), one.path, one.details) for one in problems))


def _sources(archive: Archive) -> Iterator[bytes]:
    for name in archive.names():
        if may_speak(name, archive.size(name)):
            with archive.open(name) as file:
                yield file.read()


def _facts(manifest: Manifest, said: Speaking, warnings: Sequence[Problem]) -> dict[str, Any]:
    """What an editor should know of the version; the keys are read by templates."""
    launchable = manifest.launchable
    scos = [item for item in launchable if item.kind is ItemKind.SCO]
    return {
        "title": manifest.title,
        "version": str(manifest.version),
        "parts": [item.title for item in launchable],
        "scos": len(scos),
        "reports_results": said.reports if scos else False,
        "resumes": said.resumes if scos else False,
        "warnings": [problem.as_json() for problem in warnings],
    }
