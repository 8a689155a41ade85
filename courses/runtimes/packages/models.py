"""Tables of packages."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.foundation.conf import conf
from courses.foundation.ids import PUBLIC_ID_LENGTH, public_id


def package_storage():
    """Where packages and their files are kept; the content origin alone serves from it."""
    named = conf.OPORA_PRIVATE_STORAGE
    return storages[named if named in settings.STORAGES else "default"]


def original_path(version: "PackageVersion", filename: str) -> str:
    """Where the uploaded file is kept: random names, only the ending is the editor's."""
    ending = filename.rpartition(".")[2].lower()[:5]
    return f"packages/originals/{version.uid}.{ending}"


class Tree(models.Model):
    """Files by path, ``{"js/card.js": [sha256, bytes]}``; named by the hash of that, immutable."""

    digest = models.CharField(max_length=64, primary_key=True)
    files = models.JSONField()

    class Meta:
        verbose_name = _("set of files")
        verbose_name_plural = _("sets of files")

    def __str__(self) -> str:
        return self.digest[:12]


class Package(models.Model):
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
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("interactive content")
        verbose_name_plural = _("interactive content")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PackageVersion(models.Model):
    """One uploaded file of a package, numbered from 1.

    ``progress`` is the share of the import that is done, 0–100. ``problems`` are all that keep the
    file from being used: ``[{"code": …, "path": …, "details": {…}}]``. ``facts`` say what the
    package is, in the words of its kind. ``tree`` holds its own files, without shared libraries.
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
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(null=True)

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
