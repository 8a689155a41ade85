"""Tables of H5P."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.runtimes.launches.models import Attempt
from courses.runtimes.packages.models import PackageVersion, Tree


class Library(models.Model):
    """An installed library: code that content needs, stored once per ``Name-major.minor``.

    A higher patch replaces the files (``tree``) of the row. ``manifest`` is its ``library.json``,
    ``semantics`` the fields of its content. ``is_restricted`` keeps editors from bringing content
    with it as the main library; what is there already goes on playing.
    """

    name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    manifest = models.JSONField()
    semantics = models.JSONField(default=list)
    is_runnable = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)
    reports_results = models.BooleanField(null=True)
    resumes = models.BooleanField(null=True)
    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="+")
    installed_at = models.DateTimeField()
    installed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["name", "major", "minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "major", "minor"], name="opora_runtimes_libraries_are_stored_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}.{self.patch}"


class JoinedFiles(models.Model):
    """Scripts and styles of libraries as one file each, made once for all content that loads them.

    ``key`` is the hash of what went in; ``tree`` holds ``scripts.js`` and ``styles.css``. Nothing
    is lost with a row: the next launch makes it anew.
    """

    key = models.CharField(max_length=64, primary_key=True)
    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("joined files of H5P")
        verbose_name_plural = _("joined files of H5P")

    def __str__(self) -> str:
        return self.key[:12]


class H5PContent(models.Model):
    """What a version of a package plays: ``params`` are filtered by the library's semantics.

    ``metadata`` is its ``h5p.json`` without dependencies; ``content_hash`` tells states that
    belong to other content.
    """

    version = models.OneToOneField(PackageVersion, on_delete=models.CASCADE, related_name="h5p")
    main_library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="main_of")
    params = models.JSONField()
    metadata = models.JSONField()
    content_hash = models.CharField(max_length=64)
    libraries = models.ManyToManyField(Library, through="LibraryUse", related_name="contents")
    joined = models.ForeignKey(
        JoinedFiles, on_delete=models.SET_NULL, null=True, related_name="contents"
    )

    class Meta:
        verbose_name = _("H5P content")
        verbose_name_plural = _("H5P contents")

    def __str__(self) -> str:
        return str(self.version_id)


class LibraryUse(models.Model):
    """A library that a content needs; ``position`` is the order of loading, dependencies first."""

    content = models.ForeignKey(H5PContent, on_delete=models.CASCADE, related_name="uses")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["content", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["content", "library"], name="opora_runtimes_a_library_is_loaded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_id}: {self.library_id}"


class H5PState(models.Model):
    """What a learner left unfinished: the content's own data, read back at the next launch.

    ``run`` names the playing that left it. ``page`` is one opening of the frame and ``sequence``
    numbers what it has sent: of two that cross on their way the later one stays.
    """

    personal = {"data"}

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="h5p_states")
    sub_content_id = models.CharField(max_length=64)
    data_id = models.CharField(max_length=64)
    data = models.TextField()
    content_hash = models.CharField(max_length=64)
    run = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("H5P state")
        verbose_name_plural = _("H5P states")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "sub_content_id", "data_id"],
                name="opora_runtimes_one_h5p_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.data_id}"
