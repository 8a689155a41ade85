"""What is refused of H5P, in sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "missing_file": _(
        "The file %(path)s is missing. Save the content once more in the program that made it."
    ),
    "too_big_json": _("The file %(path)s is too large to be read."),
    "bad_json": _(
        "The file %(path)s is damaged. Save the content once more in the program that made it."
    ),
    "wrong_shape": _("The file %(path)s does not hold what H5P expects in it."),
    "missing_key": _("The file %(path)s does not say “%(key)s”."),
    "bad_value": _("The file %(path)s says something that H5P does not allow in “%(key)s”."),
    "file_not_allowed": _(
        "H5P does not allow files like %(path)s. Take it out of the content and save it again."
    ),
    "folder_name": _("The folder %(path)s of a library must be called %(expected)s."),
    "repeated_library": _("The library %(library)s is in the file twice: see %(path)s."),
    "core_too_old": _(
        "%(path)s needs H5P %(needed)s, and here is %(offered)s. Ask the administrator for an "
        "update, or bring content made with an older version."
    ),
    "missing_library": _(
        "The library %(library)s is missing; %(needed_by)s needs it. Save the content with its "
        "libraries, or ask the administrator to add this one."
    ),
    "no_main_library": _(
        "The main library %(library)s is missing. Save the content with its libraries, or ask the "
        "administrator to add this one."
    ),
    "not_runnable": _("%(library)s is a part of other content and cannot be played by itself."),
    "nothing_inside": _("There is neither content nor a library of H5P in this file."),
    "only_libraries": _(
        "There are only libraries in this file, and nothing to play. An administrator can add them "
        "on the page “H5P libraries”."
    ),
    "library_not_permitted": _(
        "The library %(library)s is not installed here. Ask an administrator to bring this content "
        "once, or to add the library."
    ),
    "library_not_approved": _(
        "The library %(library)s is not among the approved ones. Its fingerprint is %(digest)s."
    ),
    "library_restricted": _(
        "New content with %(library)s is not taken here any more. Choose another content type."
    ),
}
"""Sentences of what keeps a package out, by the codes of the core and of the installing."""


class H5PRefusal(Exception):
    """Something was not taken; ``sentence`` says why and what to do next, ``status`` is HTTP's."""

    code = "refused"
    status = 400
    sentence = _("This cannot be taken.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class BadReport(H5PRefusal):
    code = "bad_report"
    sentence = _("The page has sent something that cannot be read. Open the lesson again.")


class ReportTooLarge(H5PRefusal):
    code = "too_large"
    status = 413
    sentence = _("The page has sent more than can be kept here. Your result so far is safe.")


class NothingIsKept(H5PRefusal):
    """The launch is a preview, or shows somebody's work."""

    code = "nothing_is_kept"
    status = 403
    sentence = _("This is only to look at: nothing that you do here is kept.")


class PlayerMissing(H5PRefusal):
    """The files of H5P's own player were not installed with the site."""

    code = "player_missing"
    status = 503
    sentence = _(
        "The player of H5P is not installed on this site. The administrator has to run “npm ci” "
        "and “manage.py collectstatic”."
    )


class ContentMissing(H5PRefusal):
    code = "content_missing"
    status = 404
    sentence = _("There is nothing to play here any more. Go back to the lesson.")


class LibraryInUse(H5PRefusal):
    code = "library_in_use"
    status = 409
    sentence = _("%(library)s cannot be removed: it is needed by %(users)s.")
