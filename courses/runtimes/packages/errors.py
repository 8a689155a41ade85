"""Refusals of uploads, and sentences for what can be wrong with an archive.

Each kind of package has the same pair: codes in its core, and in its ``errors`` a dictionary
``SENTENCES`` from code to sentence, with the keys of the problem's details as placeholders, and
``%(path)s`` where the sentence has to name the file itself. Names of files are listed below a
sentence anyway.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class PackageRefusal(Exception):
    """An upload or a change was refused; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("This cannot be done with the interactive content.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class FileTooLarge(PackageRefusal):
    code = "file_too_large"
    sentence = _(
        "The file is larger than %(limit)s MB. Make pictures and videos in it smaller, "
        "or bring it in several parts."
    )


class ArchiveRefused(PackageRefusal):
    """The archive must not be unpacked; ``problems``, as the rules tell them, say why."""

    code = "archive_refused"
    sentence = _("The file cannot be taken.")

    def __init__(self, problems: Iterable[Any]) -> None:
        self.problems = list(problems)
        super().__init__()


class UnknownKind(PackageRefusal):
    code = "unknown_kind"
    sentence = _(
        "This is neither H5P nor SCORM: the archive has no h5p.json and no imsmanifest.xml at its "
        "beginning. Export it again from the program where it was made, and do not repack it."
    )


class OtherKind(PackageRefusal):
    code = "other_kind"
    sentence = _(
        "A new version has to be %(kind)s, like the earlier ones. "
        "Upload this file as new content of its own."
    )


class SameFile(PackageRefusal):
    code = "same_file"
    sentence = _("This very file is here already, as version %(number)s. Nothing was changed.")


class StillUsed(PackageRefusal):
    code = "still_used"
    sentence = _(
        "Pages show this content: %(pages)s. Take it out of them, publish them, and try again."
    )


class NothingToRetry(PackageRefusal):
    code = "nothing_to_retry"
    sentence = _("This version is not waiting for another try. Reload the page.")


SENTENCES: Mapping[str, Any] = {
    "not_an_archive": _(
        "The file is damaged or is not an archive. Export it again and upload it anew."
    ),
    "broken_archive": _(
        "The archive is damaged: its list of files cannot be read. Export it again from the "
        "program where it was made."
    ),
    "too_many_files": _(
        "There are %(count)s files in the archive, at most %(limit)s are allowed. "
        "Divide the content into several packages."
    ),
    "too_big_unpacked": _(
        "Unpacked, the files take %(size)s MB, at most %(limit)s MB are allowed. "
        "Make pictures and videos smaller."
    ),
    "too_packed": _(
        "Unpacked, the archive becomes more than %(limit)s times larger, as archives do that are "
        "made to do harm. Export it again from the program where it was made."
    ),
    "too_packed_file": _(
        "Unpacked, these files become more than %(limit)s times larger, as in archives that are "
        "made to do harm. Replace them in the program where the content was made."
    ),
    "control_character": _("Names of files contain invisible characters. Rename them."),
    "backslash": _(
        "Names of files contain the sign “\\”. Rename them, or pack the archive with another "
        "program."
    ),
    "drive_letter": _("Names of files begin with the letter of a disk. Pack the archive again."),
    "absolute_path": _(
        "Names of files begin with “/”. Pack the archive again, from inside its folder."
    ),
    "parent_path": _(
        "Files would be put outside of the package (“..” in the name). "
        "Export it again from the program where it was made."
    ),
    "odd_name": _(
        "Names of files are too long or not written as they should be. Rename them, with Latin "
        "letters and digits."
    ),
    "repeated_name": _(
        "The archive has different files of the same name. Rename one of them in the program "
        "where the content was made."
    ),
    "case_collision": _(
        "Some computers take this name and “%(other)s” for the same. Rename one of them."
    ),
    "special_file": _("There are links in the archive where files should be. Put the files in."),
    "encrypted": _("Files are locked with a password. Pack the archive without one."),
    "unknown_method": _("Files are packed in an unusual way. Pack the archive as an ordinary ZIP."),
    "nested_archive": _(
        "There are archives in the archive. Take them out: give them to learners in a step of the "
        "kind “File”."
    ),
    "broken_entry": _(
        "The archive is damaged: its list of files and the files themselves do not match. "
        "Export it again from the program where it was made."
    ),
    "damaged_file": _(
        "A file in the archive is damaged: it is not what the list of files says. Export the "
        "package again and upload it anew."
    ),
    "refused_by_scan": _("The check for viruses has refused the file: %(answer)s"),
    "broke_off": _("The import broke off, and the file is not to blame. Press “Try again”."),
}
"""Codes of :mod:`courses.runtimes.packages.rules` and of the import."""
