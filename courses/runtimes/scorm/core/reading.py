"""Reading a package: find the manifest, judge its version, gather organizations and resources."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from courses.runtimes.scorm.core.files import Files, Found
from courses.runtimes.scorm.core.items import MAX_DEPTH, MAX_ITEMS, ItemReader
from courses.runtimes.scorm.core.manifest import Item, ItemKind, Manifest, Organization, Version
from courses.runtimes.scorm.core.parsing import (
    MOST_BYTES,
    attribute,
    child,
    child_text,
    children,
    local,
    namespace,
    parsed,
    text_of,
)
from courses.runtimes.scorm.core.problems import Code, Problem
from courses.runtimes.scorm.core.resources import gather_resources
from courses.runtimes.scorm.core.sequencing import Sequencings

NAME = "imsmanifest.xml"
TITLE_LENGTH = 500
MOST_NAMES = 20
"""Problems may name as many files; a package can lack thousands."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``manifest`` is ``None`` exactly when one of the ``problems`` refuses the package."""

    manifest: Manifest | None
    problems: tuple[Problem, ...]


def read_manifest(files: Files) -> Reading:
    """Read the manifest of a package; whatever is in it, nothing is raised."""
    found = Found(files.names())
    path, problems = _located(found)
    if path is None:
        return Reading(None, tuple(problems))
    try:
        if files.size(path) > MOST_BYTES:
            return Reading(None, (Problem(Code.MANIFEST_TOO_LARGE, path, {"limit": MOST_BYTES}),))
        with files.open(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, KeyError):
        return Reading(None, (*problems, Problem(Code.MANIFEST_UNREADABLE, path)))
    root, noticed = parsed(data, path)
    problems += noticed
    if root is None:
        return Reading(None, tuple(problems))
    if local(root) != "manifest":
        details = {"root": local(root)[:100]}
        return Reading(None, (*problems, Problem(Code.NOT_A_MANIFEST, path, details)))
    manifest = _ManifestReader(root, path, found, problems).read()
    return Reading(manifest, tuple(problems))


def _located(found: Found) -> tuple[str | None, list[Problem]]:
    """The archive's name of the manifest: on top, or in the one folder that has it."""
    named = sorted(
        (name for name in found.exact if name.rpartition("/")[2].casefold() == NAME),
        key=lambda name: (name.count("/"), name.rpartition("/")[2] != NAME, name),
    )
    named = [name for name in named if not name.startswith("__MACOSX/")]
    if not named:
        return None, [Problem(Code.NO_MANIFEST)]
    path = named[0]
    folder, _, written = path.rpartition("/")
    problems = []
    if "/" in folder:
        return None, [Problem(Code.MANIFEST_TOO_DEEP, path)]
    if folder:
        beside = {name.partition("/")[0] for name in named if name.count("/") == 1}
        if len(beside) > 1:
            paths = ", ".join(sorted(beside)[:MOST_NAMES])
            return None, [Problem(Code.SEVERAL_MANIFESTS, path, {"paths": paths})]
        problems.append(Problem(Code.IN_FOLDER, path, {"folder": folder}))
    if written != NAME:
        problems.append(Problem(Code.WRONG_CASE, path, {"href": NAME, "name": written}))
    return path, problems


class _ManifestReader:
    """One manifest's way to a :class:`Manifest`; ``problems`` grows."""

    def __init__(self, root: Element, path: str, found: Found, problems: list[Problem]) -> None:
        self.root = root
        self.path = path
        self.folder = path[: path.rfind("/") + 1]
        self.problems = problems
        self.resources = gather_resources(root, self.folder, found, self._report)

    def read(self) -> Manifest | None:
        version = self._version()
        sequencings = Sequencings(self.root) if version.is_2004 else None
        items = ItemReader(self.resources, version, sequencings, self._report)
        organizations = tuple(self._organizations(sequencings, items))
        if items.is_overfull:
            self._report(Code.TOO_MANY_ITEMS, limit=MAX_ITEMS, depth=MAX_DEPTH)
            return None
        if not any(organization.items for organization in organizations):
            organizations = self._made_of_resources()
        organizations = self._default_first(organizations)
        if not organizations or not _has_launchable(organizations[0]):
            self._report(Code.NOTHING_TO_LAUNCH)
            return None
        return Manifest(
            version=version,
            identifier=attribute(self.root, "identifier")[:250],
            title=(organizations[0].title or self._metadata_title())[:TITLE_LENGTH],
            root=self.folder,
            organizations=organizations,
        )

    def _report(self, code: Code, **details: str | int) -> None:
        self.problems.append(Problem(code, self.path, details))

    def _version(self) -> Version:
        """By ``schemaversion``; failing that by the namespaces and the case of scormType."""
        told = child_text(child(self.root, "metadata"), "schemaversion")
        text = told.casefold()
        if text in ("1.2", "1.1", "scorm 1.2"):
            return Version.SCORM_12
        for sign, version in _SCHEMA_VERSIONS:
            if sign in text:
                return version
        version = self._version_by_names()
        self._report(Code.VERSION_UNKNOWN, schemaversion=told[:100])
        return version

    def _version_by_names(self) -> Version:
        written = {namespace(element) for element in self.root.iter()} | {
            key for element in self.root.iter() for key in element.attrib
        }
        if any("adlcp_v1p3" in name or "imsss" in name for name in written):
            return Version.SCORM_2004_3RD
        if any(name.endswith("scormType") for name in written):
            return Version.SCORM_2004_3RD
        return Version.SCORM_12

    def _organizations(
        self, sequencings: Sequencings | None, items: ItemReader
    ) -> Iterator[Organization]:
        for organization in children(child(self.root, "organizations"), "organization"):
            title = child_text(organization, "title")
            yield Organization(
                identifier=attribute(organization, "identifier")[:250],
                title=" ".join(title.split())[:TITLE_LENGTH],
                items=items.read(organization),
                sequencing=sequencings.of(organization) if sequencings else {},
            )

    def _default_first(self, organizations: tuple[Organization, ...]) -> tuple[Organization, ...]:
        default = attribute(child(self.root, "organizations"), "default")
        chosen = [one for one in organizations if one.identifier == default]
        if organizations and default and not chosen:
            self._report(Code.DEFAULT_UNKNOWN, default=default[:250])
        if not chosen or not _has_launchable(chosen[0]):
            chosen = [one for one in organizations if _has_launchable(one)][:1]
        return (*chosen, *(one for one in organizations if one not in chosen))

    def _made_of_resources(self) -> tuple[Organization, ...]:
        """A menu for a package without one: its SCOs, or else its first page."""
        self._report(Code.NO_ORGANIZATION)
        items = tuple(
            Item(
                identifier=identifier,
                title=identifier,
                kind=resource.kind,
                path=resource.path,
                suffix=resource.suffix,
            )
            for identifier, resource in self.resources.items()
            if resource.path
        )
        scos = tuple(item for item in items if item.kind is ItemKind.SCO)
        title = self._metadata_title()
        shown = scos or items[:1]
        if len(shown) == 1 and title:
            shown = (replace(shown[0], title=title),)
        return (Organization("", title, shown),) if shown else ()

    def _metadata_title(self) -> str:
        """The title of the package's learning object metadata, in the first language given."""
        general = child(child(child(self.root, "metadata"), "lom"), "general")
        for element in (child(general, "title"), child(self.root, "title")):
            for inner in element.iter() if element is not None else ():
                if text := text_of(inner):
                    return " ".join(text.split())[:TITLE_LENGTH]
        return ""


def _has_launchable(organization: Organization) -> bool:
    return any(item.kind is not ItemKind.FOLDER for item in organization.walk())


_SCHEMA_VERSIONS = (
    ("4th edition", Version.SCORM_2004_4TH),
    ("3rd edition", Version.SCORM_2004_3RD),
    ("2nd edition", Version.SCORM_2004_2ND),
    ("cam 1.3", Version.SCORM_2004_2ND),
    ("2004", Version.SCORM_2004_3RD),
    ("1.3", Version.SCORM_2004_2ND),
)
