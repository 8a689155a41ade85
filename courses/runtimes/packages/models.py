"""Tables of packages."""

from typing import Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from courses.foundation.conf import conf
from courses.foundation.ids import PUBLIC_ID_LENGTH, public_id
from courses.foundation.querysets import LockableQuerySet


def package_storage():
    """Where packages and their files are kept; the content origin alone serves from it."""
    named = conf.OPORA_PRIVATE_STORAGE
    return storages[named if named in settings.STORAGES else "default"]


def original_path(version: "PackageVersion", filename: str) -> str:
    """Where the uploaded file is kept: random names, only the ending is the editor's."""
    ending = filename.rpartition(".")[2].lower()[:5]
    return f"packages/originals/{version.uid}.{ending}"


class Blob(models.Model):
    """A file's content, kept once at :func:`courses.runtimes.packages.rules.blob_path`.

    The row is written when the file is whole in storage. ``kept_at`` is when somebody last needed
    it: one that no tree holds is swept a day after that.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")

    def __str__(self) -> str:
        return self.sha256[:12]


class Tree(models.Model):
    """Files by path, ``{"js/card.js": [sha256, bytes]}``; named by the hash of that, immutable.

    ``size`` is how many bytes they have together. One that no foreign key points to is swept a day
    after ``kept_at``.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    files = models.JSONField()
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of files")
        verbose_name_plural = _("sets of files")

    def __str__(self) -> str:
        return self.digest[:12]


class PackageQuerySet(LockableQuerySet):
    def playable(self) -> Self:
        """Those that a lesson may take: ready, and not put away."""
        return self.filter(current__isnull=False, archived_at__isnull=True)


class Package(index.Indexed, models.Model):
    """Interactive content that a lesson can show.

    ``current`` is the version that plays now. What learners have played is never deleted: it is
    put away, at ``archived_at``, and no longer offered to editors.
    """

    class Kind(models.TextChoices):
        H5P = "h5p", "H5P"
        SCORM = "scorm", "SCORM"

    uid = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=public_id, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    current = models.ForeignKey(
        "opora_runtimes.PackageVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current version"),
    )
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PackageQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("current"),
        index.FilterField("archived_at"),
    ]

    class Meta:
        verbose_name = _("interactive content")
        verbose_name_plural = _("interactive content")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def sandbox(self) -> str:
        """What its frame may do: H5P lives without any origin, SCORM on one that is not ours."""
        closed = "allow-scripts allow-forms allow-downloads"
        if self.kind == self.Kind.SCORM:
            return f"{closed} allow-same-origin allow-modals"
        return closed


class PackageVersion(models.Model):
    """One uploaded file of a package, numbered from 1.

    ``progress`` is the share of the import that is done, 0–100; ``alive_at`` is when the import
    last said so: one that is silent was killed, and another may take over.

    ``problems`` are all that keep the file from being used: ``[{"code": …, "path": …, "details":
    {…}}]``; the sentences are in the ``errors`` of its kind. ``facts`` say what the package is:
    ``title``, ``parts`` (the main library, or the titles of SCOs), ``reports_results`` and
    ``resumes`` (``None`` while unknown), and what else its kind wants to tell. ``tree`` holds its
    own files, without shared libraries.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for import")
        IMPORTING = "importing", _("being imported")
        READY = "ready", _("ready")
        FAILED = "failed", _("cannot be used")

    uid = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=public_id, editable=False
    )
    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(storage=package_storage, upload_to=original_path, max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    problems = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, null=True, related_name="versions")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    alive_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of interactive content")
        verbose_name_plural = _("versions of interactive content")
        ordering = ["package", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "number"], name="opora_runtimes_versions_are_numbered"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(tree__isnull=False),
                name="opora_runtimes_a_ready_version_has_its_files",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} · {self.number}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.IMPORTING)
