"""The games and the SCORM lesson of the demonstration, brought in as an editor brings them."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.runtimes.api import import_version, upload
from home.demo.h5p import GAMES, game_package
from home.demo.scorm import packed


def package_id(name: str) -> int:
    """The id of the ready package of one of the games, or of the lesson ``check_the_link``.

    Raises:
        ValueError: it was refused; the problems are named.
    """
    ending = "h5p" if name in GAMES else "zip"
    file = SimpleUploadedFile(f"{name}.{ending}", _content(name))
    at = timezone.now()
    waiting = upload(file=file, actor=None, at=at)
    version = import_version(version_id=waiting.pk, at=at)
    if version is None or version.problems:
        raise ValueError(f"{name}: {version and version.problems}")
    return version.package_id


@cache
def _content(name: str) -> bytes:
    return game_package(name) if name in GAMES else packed(name)
