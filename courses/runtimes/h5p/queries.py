"""What is installed, who needs it, and what was left unfinished."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import Count

from courses.runtimes.delivery.queries import asset_address
from courses.runtimes.h5p import core
from courses.runtimes.h5p.core import LibraryName
from courses.runtimes.h5p.models import H5PContent, H5PState, Library
from courses.runtimes.launches.models import Attempt


def name_of(library: Library) -> LibraryName:
    return LibraryName(library.name, library.major, library.minor)


def address_of(library: Library, path: str = "") -> str:
    """Where the library's files are on the content origin, without the origin itself."""
    return urlsplit(asset_address(library.tree_id, path)).path


def as_core(library: Library) -> core.Library:
    """The library in the words of the core, as it was read when it was installed."""
    read, problems = core.read_library(library.manifest, library.semantics)
    if read is None:
        raise ValueError(f"{library} was installed in spite of {problems}")
    return read


def installed_libraries() -> dict[LibraryName, core.Library]:
    """All of them, by name."""
    return {name_of(row): as_core(row) for row in Library.objects.all()}


@dataclass(frozen=True, slots=True)
class LeftOff:
    """``states`` by part (``"0"`` is the whole) and name; ``run`` is the playing that left them."""

    states: dict[str, dict[str, str]]
    run: str


def left_off(attempt: Attempt, content: H5PContent) -> LeftOff:
    """What the attempt left unfinished of this very content."""
    states: dict[str, dict[str, str]] = {}
    rows = H5PState.objects.filter(attempt=attempt, content_hash=content.content_hash)
    run = attempt.run
    for row in rows.order_by("saved_at"):
        states.setdefault(row.sub_content_id, {})[row.data_id] = row.data
        run = row.run or run
    return LeftOff(states, run)


def needed_by(library: Library) -> list[str]:
    """Titles of the packages that play it and names of the libraries that build on it."""
    contents = H5PContent.objects.filter(uses__library=library).distinct()
    titles = contents.order_by("version__package__title").values_list(
        "version__package__title", flat=True
    )
    name = name_of(library)
    others = Library.objects.exclude(pk=library.pk).values_list("manifest", flat=True)
    read = (core.read_library(manifest)[0] for manifest in others)
    building = [str(one.name) for one in read if one and name in (*one.preloaded, *one.dynamic)]
    return [*dict.fromkeys(titles), *building]


class Sharing(NamedTuple):
    """Bytes that libraries take, and that they would take more with a copy in each content."""

    kept: int
    saved: int


def sharing() -> Sharing:
    counted = Library.objects.annotate(contents_count=Count("uses")).values_list(
        "tree__size", "contents_count"
    )
    kept = sum(size for size, _count in counted)
    return Sharing(kept, sum(size * max(0, count - 1) for size, count in counted))
