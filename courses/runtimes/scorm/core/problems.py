"""What can be wrong with a manifest: the codes, each explained once.

The sentences that an editor reads belong to the door above; here is what a code means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What was found. Codes of :data:`REFUSING` leave no manifest; the others only tell."""

    # Nothing can be read or played.
    NO_MANIFEST = "no_manifest"
    """The archive has no imsmanifest.xml, neither on top nor in one folder of the top."""
    MANIFEST_TOO_DEEP = "manifest_too_deep"
    """The only imsmanifest.xml lies deeper than one folder; ``path`` says where."""
    SEVERAL_MANIFESTS = "several_manifests"
    """Several folders have one: an archive of packages. ``paths``."""
    MANIFEST_TOO_LARGE = "manifest_too_large"
    """More than ``limit`` bytes."""
    MANIFEST_UNREADABLE = "manifest_unreadable"
    """The archive does not give the file's bytes."""
    FORBIDDEN_XML = "forbidden_xml"
    """Entities of its own or from outside: the ways to explode or to read other files."""
    BROKEN_XML = "broken_xml"
    """Not well-formed; ``line``, ``column`` and the parser's ``reason``."""
    NOT_A_MANIFEST = "not_a_manifest"
    """The outermost element is ``root``, not ``manifest``."""
    TOO_MANY_ITEMS = "too_many_items"
    """More than ``limit`` items, or items nested deeper than ``depth``."""
    NOTHING_TO_LAUNCH = "nothing_to_launch"
    """No item leads to a file of the archive."""

    # A part is left out.
    RESOURCE_UNKNOWN = "resource_unknown"
    """``item`` refers to ``resource``, which the manifest does not have."""
    LAUNCH_MISSING = "launch_missing"
    """The file ``href`` of ``item`` is not in the archive; the item cannot be opened."""
    LAUNCH_OUTSIDE = "launch_outside"
    """``item`` opens ``href``, an address of another site or outside the archive."""
    FILE_MISSING = "file_missing"
    """``resource`` lists ``href``, which the archive does not have."""
    VALUE_UNREADABLE = "value_unreadable"
    """``element`` of ``item`` says ``value``, which it may not; it is taken as not said."""
    PREREQUISITES_UNREADABLE = "prerequisites_unreadable"
    """The prerequisites ``value`` of ``item`` cannot be understood: it stays open."""

    # Read all the same, in the way that was most likely meant.
    IN_FOLDER = "in_folder"
    """Everything lies in the folder ``folder``."""
    WRONG_CASE = "wrong_case"
    """``href`` differs from the archive's ``name`` in case or Unicode form."""
    ENCODING_GUESSED = "encoding_guessed"
    """The text is not in the ``declared`` encoding; read as ``encoding``."""
    NAMESPACE_MISSING = "namespace_missing"
    """``prefixes`` are used but not declared."""
    XML_REPAIRED = "xml_repaired"
    """Bare ampersands, HTML entities or control characters were put right."""
    VERSION_UNKNOWN = "version_unknown"
    """The manifest says ``schemaversion``; the version was judged by its namespaces."""
    NO_ORGANIZATION = "no_organization"
    """No organization has items; the resources themselves were made into items."""
    DEFAULT_UNKNOWN = "default_unknown"
    """The default organization ``default`` is not there; the first one is taken."""
    SCORM_TYPE_MISSING = "scorm_type_missing"
    """No resource says whether it is a SCO; what items open is taken for SCOs."""
    IDENTIFIER_REPEATED = "identifier_repeated"
    """Two items are called ``identifier``; the later one is now ``renamed``."""


REFUSING = frozenset(
    {
        Code.NO_MANIFEST,
        Code.MANIFEST_TOO_DEEP,
        Code.SEVERAL_MANIFESTS,
        Code.MANIFEST_TOO_LARGE,
        Code.MANIFEST_UNREADABLE,
        Code.FORBIDDEN_XML,
        Code.BROKEN_XML,
        Code.NOT_A_MANIFEST,
        Code.TOO_MANY_ITEMS,
        Code.NOTHING_TO_LAUNCH,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """``path`` is the archive's name of the file in question, "" for the archive itself.

    ``details`` are the words named at the code: short texts and numbers, hostile as the file.
    """

    code: Code
    path: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether the package cannot be used at all."""
        return self.code in REFUSING
