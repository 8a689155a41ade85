"""The door to the runtimes for the other parts."""

from courses.runtimes.delivery.queries import frame_address
from courses.runtimes.h5p.operations.exchanging import NoQuestionSet, quiz_in, quiz_package
from courses.runtimes.launches.errors import LaunchRefusal
from courses.runtimes.launches.models import Attempt, Interaction
from courses.runtimes.launches.operations import (
    OpenedLaunch,
    end_launches,
    launch_by,
    open_launch,
    open_preview,
    take_result,
)
from courses.runtimes.launches.queries import attempts_of, item_analysis
from courses.runtimes.launches.rules import Result, Score
from courses.runtimes.operations import import_version, upload
from courses.runtimes.packages.blocks import PackageChooserBlock
from courses.runtimes.packages.models import Package, PackageVersion
from courses.runtimes.packages.rules import UnsafeArchive
from courses.runtimes.signals import AttemptReport, attempt_moved

__all__ = [
    "Attempt",
    "AttemptReport",
    "Interaction",
    "LaunchRefusal",
    "NoQuestionSet",
    "OpenedLaunch",
    "Package",
    "PackageChooserBlock",
    "PackageVersion",
    "Result",
    "Score",
    "UnsafeArchive",
    "attempt_moved",
    "attempts_of",
    "end_launches",
    "frame_address",
    "import_version",
    "item_analysis",
    "launch_by",
    "open_launch",
    "open_preview",
    "quiz_in",
    "quiz_package",
    "take_result",
    "upload",
]
