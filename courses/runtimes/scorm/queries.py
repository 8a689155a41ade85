"""What is kept of a package and of its items."""

from dataclasses import dataclass

from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.scorm.core import Manifest, ScoState, manifest_from_json, state_from_json
from courses.runtimes.scorm.errors import ContentMissing
from courses.runtimes.scorm.models import ScormContent, SequencingState


def manifest_of(launch: Launch) -> Manifest:
    """The manifest of the version that the launch plays.

    Raises:
        ContentMissing: it plays no SCORM.
    """
    content = ScormContent.objects.filter(version=launch.version_id).first()
    if content is None:
        raise ContentMissing
    return manifest_from_json(content.manifest)


@dataclass(frozen=True, slots=True)
class LeftOff:
    """``states`` by item; ``visited`` are the items, the newest first; ``sequencing`` is JSON."""

    states: dict[str, ScoState]
    visited: list[str]
    sequencing: str = ""


def left_off(attempt: Attempt | None) -> LeftOff:
    """How the attempt stands; a preview without one is at the beginning."""
    if attempt is None:
        return LeftOff({}, [])
    rows = list(attempt.sco_states.order_by("-saved_at"))
    sequencing = SequencingState.objects.filter(attempt=attempt).first()
    return LeftOff(
        states={row.item: state_from_json(row.state) for row in rows},
        visited=[row.item for row in rows],
        sequencing=sequencing.state if sequencing is not None else "",
    )
