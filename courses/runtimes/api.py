"""The door to the runtimes for the other parts."""

from courses.runtimes.launches.errors import LaunchRefusal
from courses.runtimes.launches.models import Attempt, Interaction
from courses.runtimes.launches.operations import OpenedLaunch, open_launch, open_preview
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.signals import AttemptReport, attempt_moved

__all__ = [
    "Attempt",
    "AttemptReport",
    "Interaction",
    "LaunchRefusal",
    "OpenedLaunch",
    "Package",
    "PackageVersion",
    "attempt_moved",
    "open_launch",
    "open_preview",
]
