"""Bringing packages in, trying again, and taking them away."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, ProtectedError, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from wagtail.log_actions import log

from courses.foundation.conf import conf
from courses.runtimes.h5p import operations as h5p
from courses.runtimes.packages.errors import (
    ArchiveRefused,
    FileTooLarge,
    NothingToRetry,
    OtherKind,
    SameFile,
    StillUsed,
    UnknownKind,
)
from courses.runtimes.packages.models import Package, PackageVersion, original_path
from courses.runtimes.packages.queries import objects_that_use
from courses.runtimes.packages.rules import Archive, Problem, UnsafeArchive, kind_of
from courses.runtimes.scorm import operations as scorm

Kind = Package.Kind
State = PackageVersion.State

INSTALLERS: Mapping[str, Callable[..., Sequence[Problem]]] = {
    Kind.H5P: h5p.install_content,
    Kind.SCORM: scorm.install_content,
}
"""By kind: sets ``tree`` and ``facts`` of the version and writes what its kind plays, or returns
all that keeps it out. Called outside of a transaction; calling it again is the same."""

SILENT_FOR = timedelta(minutes=5)
"""An import speaks at least this often while it is alive; another may then take over."""
SPOKEN_SECONDS = 1.0
MOST_NAMED = 5


def upload(
    *, file: UploadedFile, actor: Any, at: datetime, title: str = "", package: Package | None = None
) -> PackageVersion:
    """Take an editor's file as a new package, or as the next version of ``package``.

    The archive's directory is read; nothing is unpacked before the import, which begins in a task
    after the commit. Without a ``title`` the package is called like its file, and after the import
    as its content says. The same file sent twice at the beginning of its import is one upload.

    Raises:
        FileTooLarge, ArchiveRefused, UnknownKind, OtherKind, SameFile: see each.
    """
    limit = conf.OPORA_PACKAGE_MAX_BYTES
    size = file.size or 0
    if size > limit:
        raise FileTooLarge(limit=limit // 1024 // 1024)
    kind = _kind_of(file)
    if package is not None and kind != package.kind:
        raise OtherKind(kind=package.get_kind_display())
    sha256 = _sha256_of(file)
    file_name = PurePath(file.name or "").name[-200:]
    title = title.strip() or PurePath(file_name).stem
    if package is None:
        twin = _sent_twice(sha256, title, actor)
        if twin is not None:
            return twin
    version = PackageVersion(
        file_name=file_name, sha256=sha256, size=size, uploaded_at=at, uploaded_by=actor
    )
    # Before the transaction, which would keep everyone else from writing for as long.
    storage = version.file.storage
    version.file.name = storage.save(original_path(version, file_name), file)
    try:
        with transaction.atomic():
            version.package, version.number = _next_number(package, kind, title, sha256, actor, at)
            version.save()
            start_import(version_id=version.pk)
    except BaseException:
        storage.delete(version.file.name)
        raise
    return version


def _kind_of(file: UploadedFile) -> str:
    try:
        archive = Archive(cast(BinaryIO, file))
    except UnsafeArchive as unsafe:
        raise ArchiveRefused(unsafe.problems) from unsafe
    kind = kind_of(archive.names())
    if kind is None:
        raise UnknownKind
    return kind


def _sha256_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _sent_twice(sha256: str, title: str, actor: Any) -> PackageVersion | None:
    under_way = PackageVersion.objects.filter(state__in=[State.WAITING, State.IMPORTING])
    return under_way.filter(
        number=1, sha256=sha256, uploaded_by=actor, package__title=title[:200]
    ).first()


def _next_number(
    package: Package | None, kind: str, title: str, sha256: str, actor: Any, at: datetime
) -> tuple[Package, int]:
    """The package, new or locked, and the number of its next version."""
    if package is None:
        new = Package(title=title[:200], kind=kind, created_at=at, created_by=actor)
        new.save()
        return new, 1
    package = Package.objects.filter(pk=package.pk).lock().get()
    newest = package.versions.exclude(state=State.FAILED).order_by("-number").first()
    if newest is not None and newest.sha256 == sha256:
        raise SameFile(number=newest.number)
    last = package.versions.aggregate(last=Max("number"))["last"] or 0
    return package, last + 1


def start_import(*, version_id: int) -> None:
    """Have a worker import the version, as soon as this transaction is committed."""
    transaction.on_commit(partial(import_version_task.enqueue, version_id))


@task()
def import_version_task(version_id: int) -> None:
    """Import a version in the background; it stands here because an upload starts it."""
    import_version(version_id=version_id, at=timezone.now())


def import_version(*, version_id: int, at: datetime) -> PackageVersion | None:
    """Check and install a waiting version, and switch its package to it.

    Safe to run twice and at the same time: one of them does the work. An import that was killed is
    begun anew by the next run after :data:`SILENT_FOR`. The package's ``current`` changes in the
    same transaction as the version's state, and never back to an older version; attempts keep the
    version that they were begun on. ``None`` when there was nothing to do.
    """
    version = _claimed(version_id, at)
    if version is None:
        return None
    try:
        problems = _install(version, at)
    except UnsafeArchive as unsafe:
        problems = unsafe.problems
    except Exception:
        _finish(version, [Problem("broke_off")], at)
        raise
    return _finish(version, problems, at)


def _claimed(version_id: int, at: datetime) -> PackageVersion | None:
    """The version, if its import is this run's; one query decides among many runs."""
    mine = PackageVersion.objects.filter(_may_begin(at), pk=version_id).update(
        state=State.IMPORTING, progress=0, problems=[], alive_at=at
    )
    versions = PackageVersion.objects.select_related("package", "uploaded_by")
    return versions.get(pk=version_id) if mine else None


def _may_begin(at: datetime) -> Q:
    return Q(state=State.WAITING) | Q(state=State.IMPORTING, alive_at__lt=at - SILENT_FOR)


def _install(version: PackageVersion, at: datetime) -> Sequence[Problem]:
    with version.file.open("rb") as opened:
        file = cast(BinaryIO, opened)
        answer = _scanned(file)
        if answer:
            return [Problem("refused_by_scan", details={"answer": answer})]
        note = _Progress(version)
        archive = Archive(file, on_read=note)
        note.total = archive.total_size
        return INSTALLERS[version.package.kind](version=version, archive=archive, at=at)


def _scanned(file: BinaryIO) -> str | None:
    if not conf.OPORA_PACKAGE_SCAN:
        return None
    return import_string(conf.OPORA_PACKAGE_SCAN)(file)


class _Progress:
    """Writes how far the import is, and that it is alive, at most once a second."""

    def __init__(self, version: PackageVersion) -> None:
        self.total = 0
        self._rows = PackageVersion.objects.filter(pk=version.pk, state=State.IMPORTING)
        self._spoke_at = time.monotonic()

    def __call__(self, bytes_read: int) -> None:
        now = time.monotonic()
        if now - self._spoke_at < SPOKEN_SECONDS:
            return
        self._spoke_at = now
        # Some files are read twice, and what follows the reading takes time too.
        progress = min(99, 100 * bytes_read // max(1, self.total))
        self._rows.update(progress=progress, alive_at=timezone.now())


@transaction.atomic
def _finish(
    version: PackageVersion, problems: Sequence[Problem], at: datetime
) -> PackageVersion | None:
    """Write what came out, unless another run has done so before."""
    still = PackageVersion.objects.filter(pk=version.pk, state=State.IMPORTING)
    if not still.lock().exists():
        return None
    version.problems = [problem.as_json() for problem in problems]
    version.alive_at = None
    if problems:
        version.state = State.FAILED
        version.save(update_fields=["state", "problems", "alive_at"])
        return version
    version.state = State.READY
    version.progress = 100
    version.imported_at = at
    version.save()
    package = Package.objects.filter(pk=version.package_id).lock().select_related("current").get()
    if package.current is None or package.current.number < version.number:
        package.current = version
        told = str(version.facts.get("title") or "").strip()
        if told and package.title == PurePath(version.file_name).stem[:200]:
            package.title = told[:200]
        package.save(update_fields=["current", "title"])
    version.package = package
    return version


def may_be_retried(version: PackageVersion, *, at: datetime) -> bool:
    """Whether the version failed, has waited in vain, or is left from an import that was killed."""
    silent_since = version.alive_at or version.uploaded_at
    return version.state == State.FAILED or (
        version.is_under_way and silent_since < at - SILENT_FOR
    )


def retry(*, version: PackageVersion, at: datetime) -> None:
    """Have a version imported again for which :func:`may_be_retried` holds.

    Raises:
        NothingToRetry: it does not; somebody may have been quicker.
    """
    if not may_be_retried(version, at=at):
        raise NothingToRetry
    with transaction.atomic():
        again = PackageVersion.objects.filter(
            pk=version.pk, state=version.state, alive_at=version.alive_at
        )
        if not again.update(state=State.WAITING, progress=0, problems=[], alive_at=None):
            raise NothingToRetry
        start_import(version_id=version.pk)


class Taken(StrEnum):
    """How a package was taken away."""

    DELETED = "deleted"
    PUT_AWAY = "put away"


@transaction.atomic
def delete_package(*, package: Package, actor: Any, at: datetime) -> Taken:
    """Delete the package with its files, or put it away where learners have played it.

    Raises:
        StillUsed: pages show it, published or as drafts.
    """
    package = Package.objects.filter(pk=package.pk).lock().get()
    users = objects_that_use(package)
    if users:
        named = [f"“{user}”" for user in users[:MOST_NAMED]]
        raise StillUsed(pages=", ".join(named) + (", …" if len(users) > MOST_NAMED else ""))
    files = [(version.file.storage, version.file.name or "") for version in package.versions.all()]
    try:
        with transaction.atomic():
            Package.objects.filter(pk=package.pk).update(current=None)
            Package.objects.filter(pk=package.pk).delete()
    except ProtectedError:
        Package.objects.filter(pk=package.pk).update(archived_at=at)
        return Taken.PUT_AWAY
    log(package, "wagtail.delete", user=actor, deleted=True)
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))
    return Taken.DELETED


def bring_back(*, package: Package) -> None:
    """Offer a package to editors again that was put away."""
    Package.objects.filter(pk=package.pk).update(archived_at=None)
