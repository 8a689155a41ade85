"""What packages consist of, and who uses them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.files import File
from django.db.models import Model, Sum
from wagtail.models import Page, ReferenceIndex

from courses.runtimes.packages.models import Blob, Package, Tree, package_storage
from courses.runtimes.packages.rules import blob_path


def open_file(tree: Tree, path: str) -> File:
    """The content of the file at ``path``, to read and to close.

    Raises:
        KeyError: the tree has no such path.
    """
    sha256, _size = tree.files[path]
    return open_blob(sha256)


def open_blob(sha256: str) -> File:
    """The kept content of that hash, to read and to close."""
    return package_storage().open(blob_path(sha256))


class DiskUse(NamedTuple):
    """Bytes: ``shown`` counts a file in each set that has it, ``kept`` counts it once."""

    shown: int
    kept: int

    @property
    def saved(self) -> int:
        return max(0, self.shown - self.kept)


def disk_use() -> DiskUse:
    """How much all packages take, and would take if they shared nothing."""
    shown = Tree.objects.aggregate(sum=Sum("size"))["sum"] or 0
    kept = Blob.objects.aggregate(sum=Sum("size"))["sum"] or 0
    return DiskUse(shown, kept)


def objects_that_use(package: Package) -> list[Model]:
    """Pages and whatever else shows the package, published or in a draft, each once."""
    users = [user for user, _references in ReferenceIndex.get_grouped_references_to(package)]
    known = {user.pk for user in users if isinstance(user, Page)}
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    for page in drafts.exclude(pk__in=known).select_related("latest_revision"):
        # Wagtail's index knows what is published and not what waits in a draft.
        draft = page.get_latest_revision_as_object()
        if (Package, str(package.pk)) in _referred_to(draft):
            users.append(page)
    return users


def _referred_to(page: Any) -> Iterator[tuple[type[Model], str]]:
    for field in page._meta.get_fields():
        if hasattr(field, "extract_references"):
            for model, pk, *_where in field.extract_references(field.value_from_object(page)):
                yield model, str(pk)
