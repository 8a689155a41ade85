"""The resources of a manifest: what its items can open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from courses.runtimes.scorm.core.files import Found, is_outside, resolved, split_href
from courses.runtimes.scorm.core.manifest import ItemKind
from courses.runtimes.scorm.core.parsing import attribute, child, children
from courses.runtimes.scorm.core.problems import Code

MOST_MISSING = 20
"""So many missing files are named; who lacks more lacks them all."""
MOST_NESTED = 8
"""How deep manifests inside manifests are followed."""

Report = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Resource:
    """``path`` is the exact name in the archive, "" when the file is not there.

    ``href`` is as written, for messages.
    """

    kind: ItemKind
    href: str
    path: str
    suffix: str


def gather_resources(
    root: Element, folder: str, found: Found, report: Report
) -> dict[str, Resource]:
    """The resources by identifier; of two with the same one the first counts.

    ``report(code, **details)`` hears of wrong case and missing files. Files that a resource lists
    are looked up, but only told of.
    """
    gathered: dict[str, Resource] = {}
    typed = False
    missing = 0
    for element, bases in _resources_of(root, [], 0):
        identifier = attribute(element, "identifier")[:250]
        said = attribute(element, "scormtype").casefold()
        typed = typed or bool(said)
        href = attribute(element, "href")
        path = _located(found, folder, bases, href, report) if href else ""
        kind = ItemKind.SCO if said == "sco" else ItemKind.ASSET
        gathered.setdefault(identifier, Resource(kind, href, path, split_href(href)[1]))
        for file in children(element, "file"):
            listed = attribute(file, "href")
            if not listed or is_outside(listed):
                continue
            if not _located(found, folder, bases, listed, None):
                missing += 1
                if missing <= MOST_MISSING:
                    report(Code.FILE_MISSING, resource=identifier[:100], href=listed[:300])
    if gathered and not typed:
        report(Code.SCORM_TYPE_MISSING)
        gathered = {
            identifier: replace(resource, kind=ItemKind.SCO)
            for identifier, resource in gathered.items()
        }
    return gathered


def _resources_of(
    manifest: Element, above: list[str], depth: int
) -> Iterator[tuple[Element, list[str]]]:
    """Every resource with its ``xml:base``s, outermost first; of nested manifests too."""
    bases = [*above, attribute(manifest, "base")]
    resources = child(manifest, "resources")
    inner = [*bases, attribute(resources, "base")]
    for resource in children(resources, "resource"):
        yield resource, [*inner, attribute(resource, "base")]
    if depth < MOST_NESTED:
        for nested in children(manifest, "manifest"):
            yield from _resources_of(nested, bases, depth + 1)


def _located(found: Found, folder: str, bases: list[str], href: str, report: Report | None) -> str:
    """The archive's name of ``href``, "" when it is not there or is not of this archive."""
    if is_outside(href):
        return ""
    for path in resolved(bases, href):
        match = found.find(folder + path)
        if match is not None:
            name, exactly = match
            if not exactly and report is not None:
                report(Code.WRONG_CASE, href=href[:300], name=name[:300])
            return name
    return ""
