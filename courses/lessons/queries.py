"""Reads about outlines and what their steps say."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from courses.catalogue.models import CourseRevision
from courses.lessons.models import StepVersion
from courses.lessons.rules import Outline, StepRef, outline_from_json
from courses.runtimes.api import Package

OUTLINES_KEPT = 256


@lru_cache(maxsize=OUTLINES_KEPT)
def outline_by_id(revision_id: UUID) -> Outline:
    """The outline of a revision; revisions never change, so a process reads each one once."""
    data = CourseRevision.objects.values_list("outline", flat=True).get(pk=revision_id)
    return outline_from_json(data)


def latest_steps(course_id: int) -> Mapping[str, StepRef]:
    """Each step that any revision of the course had, as it stood in the latest that had it."""
    latest: dict[str, StepRef] = {}
    revisions = CourseRevision.objects.filter(course_id=course_id).order_by("n")
    for pk in revisions.values_list("pk", flat=True):
        latest.update(outline_by_id(pk).step_by_uid)
    return latest


def package_of(version: StepVersion) -> Package | None:
    """The package that a step plays, with the version that is current now; one query."""
    packages = Package.objects.select_related("current")
    return packages.filter(pk=version.content.get("package")).first()


def package_of_step(step: StepRef) -> Package | None:
    """The same by the step of an outline; two queries."""
    return package_of(StepVersion.objects.get(pk=step.version))
