"""Keeping files once, and sweeping those that nobody needs any more."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef
from django.utils import timezone

from courses.runtimes.packages.models import Blob, Tree, package_storage
from courses.runtimes.packages.rules import blob_path, tree_digest

COPIED_AT_ONCE = 256 * 1024
KEPT_IN_MEMORY = 4 * 1024 * 1024
"""A file up to this size needs no temporary one on its way into storage."""
TRIES = 3
UNNEEDED_FOR = timedelta(days=1)
"""Longer than any import runs: what it has kept is not swept from under it."""


def keep_tree(
    *,
    files: Iterable[tuple[str, BinaryIO]],
    on_progress: Callable[[int], None] | None = None,
) -> Tree:
    """Keep the files, given as path and content, and the set of them; equal ones are kept once.

    Contents are read one after the other, a piece at a time, and closed. ``on_progress`` is told
    after each file how many bytes are kept so far. Runs for as long as there are files, so call
    it outside of a transaction; running it again is the same. A tree that no foreign key points
    to is swept a day later.
    """
    kept: dict[str, list[str | int]] = {}
    done = 0
    for path, content in files:
        with content:
            sha256, size = keep_blob(content)
        kept[path] = [sha256, size]
        done += size
        if on_progress is not None:
            on_progress(done)
    digest = tree_digest(kept)
    while True:
        tree, is_new = Tree.objects.get_or_create(
            digest=digest, defaults={"files": kept, "size": done}
        )
        # One that was swept between these two lines is made again.
        if is_new or Tree.objects.filter(pk=digest).update(kept_at=timezone.now()):
            return tree


def keep_blob(content: BinaryIO) -> tuple[str, int]:
    """Keep what ``content`` has to read; its sha256, in hexadecimal, and its length in bytes."""
    digest = hashlib.sha256()
    size = 0
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as copy:
        while piece := content.read(COPIED_AT_ONCE):
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
        sha256 = digest.hexdigest()
        if not Blob.objects.filter(pk=sha256).update(kept_at=timezone.now()):
            _save(blob_path(sha256), size, File(copy))
            Blob.objects.bulk_create([Blob(sha256=sha256, size=size)], ignore_conflicts=True)
    return sha256, size


def _save(path: str, size: int, content: File) -> None:
    """Save to exactly this path, over what a killed import may have left there half written."""
    storage = package_storage()
    for _ in range(TRIES):
        content.seek(0)
        name = storage.save(path, content)
        if name == path:
            return
        storage.delete(name)
        # Another import may have been quicker with the same file.
        if storage.size(path) == size:
            return
        storage.delete(path)
    raise OSError(f"{path} cannot be written")


def sweep(*, at: datetime) -> int:
    """Delete sets of files that nothing points to, and files of no set; how many files it was.

    Spares whatever was needed in the day before ``at``: an import may be about to point to it.
    """
    _sweep_trees(at)
    held: set[str] = set()
    for files in Tree.objects.values_list("files", flat=True).iterator(chunk_size=20):
        held.update(sha256 for sha256, _size in files.values())
    swept = 0
    unneeded = Blob.objects.filter(kept_at__lt=at - UNNEEDED_FOR)
    for sha256 in unneeded.values_list("pk", flat=True):
        if sha256 not in held:
            swept += _sweep_blob(sha256, at)
    return swept


def _sweep_trees(at: datetime) -> None:
    unneeded = Tree.objects.filter(kept_at__lt=at - UNNEEDED_FOR)
    for relation in Tree._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            rows = relation.related_model._base_manager
            unneeded = unneeded.exclude(
                Exists(rows.filter(**{relation.field.name: OuterRef("pk")}))
            )
    for digest in unneeded.values_list("pk", flat=True):
        with transaction.atomic():
            unneeded.filter(pk=digest).lock().filter(kept_at__lt=at - UNNEEDED_FOR).delete()


def _sweep_blob(sha256: str, at: datetime) -> int:
    """Delete the file and its row while an import that wants it has to wait for the row."""
    with transaction.atomic():
        blob = Blob.objects.filter(pk=sha256).lock().filter(kept_at__lt=at - UNNEEDED_FOR)
        if not blob.exists():
            return 0
        package_storage().delete(blob_path(sha256))
        blob.delete()
    return 1
