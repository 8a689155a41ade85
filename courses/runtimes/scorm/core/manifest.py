"""What a manifest says, as values: the package, its organizations, items and what they open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Version(StrEnum):
    """The standard that a package follows. 2nd edition of 2004 is also called CAM 1.3."""

    SCORM_12 = "1.2"
    SCORM_2004_2ND = "2004.2"
    SCORM_2004_3RD = "2004.3"
    SCORM_2004_4TH = "2004.4"

    @property
    def is_2004(self) -> bool:
        return self is not Version.SCORM_12


class ItemKind(StrEnum):
    """What opening an item does."""

    SCO = "sco"
    """Opens a page that talks to us."""
    ASSET = "asset"
    """Opens a page that does not: it is done when it was opened."""
    FOLDER = "folder"
    """Opens nothing: a heading over its children, or an item whose file is missing."""


@dataclass(frozen=True, slots=True)
class CompletionThreshold:
    """When progress completes an item: at ``minimum`` (0 to 1), counting ``weight`` at its parent.

    ``by_measure`` says whether the progress measure decides at all.
    """

    by_measure: bool = False
    minimum: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective that the manifest gives to an item; ``id`` may be "" at the primary one.

    ``passing`` is the scaled score (-1 to 1) from which it is satisfied; ``None`` when the score
    does not decide.
    """

    id: str
    is_primary: bool = False
    passing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the package's menu.

    ``identifier`` is unique in the manifest. ``path`` is the file that it opens, by its exact name
    in the archive, and ``suffix`` the query and fragment to put behind it, such as ``?page=2#top``;
    both are empty in a folder. ``mastery_score`` (0 to 100) and ``prerequisites`` are of 1.2.
    ``max_time`` is a span as the standard of the package writes it. ``sequencing`` is of 2004, in
    the form of scorm-again's ``ActivitySettings``.
    """

    identifier: str
    title: str
    kind: ItemKind
    path: str = ""
    suffix: str = ""
    is_visible: bool = True
    mastery_score: Decimal | None = None
    prerequisites: str = ""
    max_time: str = ""
    time_limit_action: str = ""
    launch_data: str = ""
    completion_threshold: CompletionThreshold | None = None
    objectives: tuple[Objective, ...] = ()
    sequencing: Mapping[str, Any] = field(default_factory=dict)
    children: tuple["Item", ...] = ()

    def walk(self) -> Iterator["Item"]:
        """The item and everything below it, in the order of the menu."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Organization:
    """One way through the package: a tree of items; ``sequencing`` as at an item."""

    identifier: str
    title: str
    items: tuple[Item, ...]
    sequencing: Mapping[str, Any] = field(default_factory=dict)

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A package as we play it.

    ``root`` is the folder of the manifest in the archive, "" or "name/". ``organizations`` begin
    with the default one, which is the one that is played.
    """

    version: Version
    identifier: str
    title: str
    root: str
    organizations: tuple[Organization, ...]

    @property
    def organization(self) -> Organization:
        return self.organizations[0]

    @property
    def launchable(self) -> tuple[Item, ...]:
        """SCOs and assets of the played organization, in the order of the menu."""
        return tuple(item for item in self.organization.walk() if item.kind is not ItemKind.FOLDER)

    @property
    def counted(self) -> tuple[Item, ...]:
        """The items on which the package's completion depends: SCOs; assets if there are none."""
        scos = tuple(item for item in self.launchable if item.kind is ItemKind.SCO)
        return scos or self.launchable

    def item(self, identifier: str) -> Item | None:
        """The item that can be opened under this identifier."""
        return next((item for item in self.launchable if item.identifier == identifier), None)
