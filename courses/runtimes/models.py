"""Where Django finds the tables of the app: each part keeps its own."""

from courses.runtimes.h5p.models import H5PContent, H5PState, Library, LibraryUse
from courses.runtimes.launches.models import Attempt, Interaction, Launch
from courses.runtimes.packages.models import Package, PackageVersion, Tree
from courses.runtimes.scorm.models import ScormContent, ScoState
from courses.runtimes.xapi.models import Statement

__all__ = [
    "Attempt",
    "H5PContent",
    "H5PState",
    "Interaction",
    "Launch",
    "Library",
    "LibraryUse",
    "Package",
    "PackageVersion",
    "ScoState",
    "ScormContent",
    "Statement",
    "Tree",
]
