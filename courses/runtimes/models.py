"""Where Django finds the tables of the app: each part keeps its own."""

from courses.runtimes.h5p.models import H5PContent, H5PState, JoinedFiles, Library, LibraryUse
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.packages.models import Blob, Package, PackageVersion, Tree
from courses.runtimes.scorm.models import ScormContent, ScoState, SequencingState
from courses.runtimes.xapi.models import Statement

__all__ = [
    "Attempt",
    "Blob",
    "H5PContent",
    "H5PState",
    "Interaction",
    "JoinedFiles",
    "Launch",
    "Library",
    "LibraryUse",
    "Package",
    "PackageVersion",
    "ScoState",
    "ScormContent",
    "SequencingState",
    "Statement",
    "Tree",
]
