"""Settings of the courses: read when used, from Django's settings, each with a default here."""

from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # The largest file that a learner may hand in, in bytes.
    "OPORA_TASK_FILE_MAX_BYTES": 10 * 1024 * 1024,
    # The storage for learners' files, a key of ``STORAGES``; without it, the default storage.
    "OPORA_PRIVATE_STORAGE": "private",
    # From this many learners inside a course, publishing recomputes them in a background task.
    "OPORA_RECOMPUTE_AT_ONCE": 100,
    # The origin where packages play, such as "https://content.example"; never the site's own.
    "OPORA_CONTENT_ORIGIN": "",
    # Paths of the site that answer on the content origin too: those of probes.
    "OPORA_PROBE_PATHS": (),
    # The largest H5P or SCORM package that an editor may bring, in bytes.
    "OPORA_PACKAGE_MAX_BYTES": 300 * 1024 * 1024,
    # A check for viruses: the dotted path of a callable that takes the open file of a package and
    # returns None, or a sentence for the editor that refuses it.
    "OPORA_PACKAGE_SCAN": "",
    # How long the token of a launch is good for, in hours.
    "OPORA_LAUNCH_HOURS": 8,
    # The H5P libraries that may be installed, as digests of their files; None takes any.
    "OPORA_H5P_APPROVED_HASHES": None,
    # The largest state that H5P content may keep for a learner, in bytes.
    "OPORA_H5P_STATE_BYTES": 512 * 1024,
}


class Conf:
    """``conf.OPORA_NAME`` is the site's setting of that name, or its default."""

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(settings, name, DEFAULTS[name])
        except KeyError:
            raise AttributeError(f"The courses have no setting {name}.") from None


conf = Conf()
