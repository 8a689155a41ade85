"""Reads about outlines and what their steps say."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from courses.catalogue.models import CourseRevision
from courses.lessons.rules import Outline, StepRef, outline_from_json

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
