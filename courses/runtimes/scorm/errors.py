"""What is refused of SCORM, in sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "no_manifest": _(
        "There is no imsmanifest.xml in the archive, so it is no SCORM package. Export it as SCORM "
        "from the program where it was made."
    ),
    "manifest_too_deep": _(
        "imsmanifest.xml lies too deep in folders: %(path)s. Pack the archive again, from inside "
        "the folder that holds it."
    ),
    "several_manifests": _(
        "There are several packages in the archive, in the folders %(paths)s. "
        "Upload each of them by itself."
    ),
    "manifest_too_large": _("%(path)s is too large to be read: more than %(limit)s bytes."),
    "manifest_unreadable": _(
        "%(path)s cannot be read. Export the package again and upload it anew."
    ),
    "forbidden_xml": _(
        "%(path)s contains declarations of its own (ENTITY), which can do harm. Take them out, or "
        "export the package again."
    ),
    "broken_xml": _(
        "%(path)s is damaged in line %(line)s, column %(column)s (%(reason)s). "
        "Export the package again."
    ),
    "not_a_manifest": _(
        "%(path)s describes something else than a package: “%(root)s”. "
        "Export it as SCORM 1.2 or 2004."
    ),
    "too_many_items": _(
        "There are more than %(limit)s items in the package's menu, or more than %(depth)s levels. "
        "Divide the content into several packages."
    ),
    "nothing_to_launch": _(
        "Nothing in the package can be opened: no item of its menu leads to a file of the archive."
    ),
    "resource_unknown": _(
        "“%(item)s” leads to “%(resource)s”, which the package does not describe. "
        "It cannot be opened."
    ),
    "launch_missing": _("“%(item)s” cannot be opened: there is no file %(href)s in the archive."),
    "launch_outside": _(
        "“%(item)s” cannot be opened: its page lies outside of the package, at %(href)s."
    ),
    "file_missing": _("The package speaks of a file that it does not have: %(href)s."),
    "value_unreadable": _(
        "“%(item)s” says “%(value)s” in %(element)s, which means nothing there. It was passed over."
    ),
    "prerequisites_unreadable": _(
        "When “%(item)s” may be opened cannot be understood (“%(value)s”). It is always open."
    ),
    "in_folder": _("Everything lies in the folder “%(folder)s”. It was taken as it is."),
    "wrong_case": _("The package says %(href)s, and the file is called %(name)s. It was found."),
    "encoding_guessed": _(
        "%(path)s is not written in %(declared)s, as it says. It was read as %(encoding)s: look "
        "whether the titles are right."
    ),
    "namespace_missing": _("%(path)s forgets to explain %(prefixes)s. It was read all the same."),
    "xml_repaired": _(
        "Small faults of %(path)s were put right. Look whether the titles are right."
    ),
    "version_unknown": _(
        "The package does not say clearly which SCORM it is (“%(schemaversion)s”). "
        "The version was judged by its contents."
    ),
    "no_organization": _("The package has no menu. One was made of its pages."),
    "default_unknown": _(
        "The package calls “%(default)s” its main part, and there is no such part. "
        "The first one is shown."
    ),
    "scorm_type_missing": _(
        "The package does not say which pages report results. All that can be opened is taken to."
    ),
    "identifier_repeated": _(
        "Two items are called “%(identifier)s”. The second one is “%(renamed)s” here."
    ),
}
"""By the codes of the core: what keeps a package out, and what an editor should look at."""


class ScormRefusal(Exception):
    """Something was not taken; ``sentence`` says why and what to do next, ``status`` is HTTP's."""

    code = "refused"
    status = 400
    sentence = _("This cannot be taken.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class BadCommit(ScormRefusal):
    code = "bad_commit"
    sentence = _("The page has sent something that cannot be read. Open the lesson again.")


class CommitTooLarge(ScormRefusal):
    code = "too_large"
    status = 413
    sentence = _("The page has sent more than can be kept here. Your result so far is safe.")


class StaleCommit(ScormRefusal):
    """A newer commit of its session was here before, or the session is not known any more."""

    code = "stale"
    status = 409
    sentence = _("Something newer is kept already. Open the lesson again to go on from there.")


class ItemUnknown(ScormRefusal):
    code = "item_unknown"
    status = 404
    sentence = _("There is no such part in this package. Open the lesson again.")


class ItemLocked(ScormRefusal):
    code = "item_locked"
    status = 409
    sentence = _("This part opens after others. Go through the parts before it first.")


class PlayerMissing(ScormRefusal):
    """The files of the SCORM player were not installed with the site."""

    code = "player_missing"
    status = 503
    sentence = _(
        "The player of SCORM is not installed on this site. The administrator has to run “npm ci” "
        "and “manage.py collectstatic”."
    )


class ContentMissing(ScormRefusal):
    code = "content_missing"
    status = 404
    sentence = _("There is nothing to play here any more. Go back to the lesson.")
