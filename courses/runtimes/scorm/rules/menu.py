"""The menu of a package: how each item stands, and which one to begin with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.runtimes.scorm.core import Item, ItemKind, Judgement, Manifest, ScoState, open_items


class Status(StrEnum):
    """How a learner stands in an item."""

    NEW = "new"
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MenuLine:
    """``depth`` counts from 0. A heading opens nothing; what ``is_open`` may be opened now."""

    item: Item
    depth: int
    status: Status
    is_open: bool

    @property
    def is_heading(self) -> bool:
        return self.item.kind is ItemKind.FOLDER

    @property
    def id(self) -> str:
        return self.item.identifier


def menu_of(
    manifest: Manifest, states: Mapping[str, ScoState], *, all_open: bool = False
) -> list[MenuLine]:
    """Every item of the played organization, in order; in a preview all of them are open."""
    now_open = frozenset(item.identifier for item in manifest.launchable)
    if not all_open:
        now_open = open_items(manifest, states)
    return [
        MenuLine(item, depth, status_of(states.get(item.identifier)), item.identifier in now_open)
        for item, depth in _with_depths(manifest.organization.items)
    ]


def _with_depths(items: Sequence[Item], depth: int = 0) -> Iterator[tuple[Item, int]]:
    for item in items:
        yield item, depth
        yield from _with_depths(item.children, depth + 1)


def status_of(state: ScoState | None) -> Status:
    if state is None or not state.launches:
        return Status.NEW
    if state.judgement is Judgement.FAILED:
        return Status.FAILED
    is_done = state.completed or state.judgement is Judgement.PASSED
    return Status.DONE if is_done else Status.STARTED


def first_item(menu: Sequence[MenuLine], visited: Sequence[str]) -> str | None:
    """Where to begin: the item visited last that is not done, else the first that is not.

    ``visited`` are identifiers, the newest first. When all is done, the first open item; ``None``
    where nothing is open.
    """
    lines = {line.id: line for line in menu if line.is_open and not line.is_heading}
    for identifier in [*visited, *lines]:
        line = lines.get(identifier)
        if line is not None and line.status is not Status.DONE:
            return identifier
    return next(iter(lines), None)
