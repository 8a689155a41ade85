"""Publishing a course: from its tree of pages to the published rows, and everyone inside."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue

from courses.catalogue.models import COURSE_FACTS, Course, CourseRevision
from courses.lessons.errors import CourseIncomplete
from courses.lessons.operations import publish_revision
from courses.lessons.rules import AddedPolicy
from courses.pages.models import ChangedSteps, CoursePage, LessonPage
from courses.pages.queries import draft_of


@transaction.atomic
def publish_course(*, page: CoursePage, actor, at: datetime) -> CourseRevision | None:
    """Make the published rows say what the live pages say; returns the revision, if one was made.

    Rewrites the course's facts and compiles a revision where the outline changed; learners are
    recomputed by the caller. Safe to run twice. A course that cannot be compiled keeps its last
    revision and says why in ``Course.publishing_problem``.
    """
    page = _locked(page)
    course = keep_course(page=page)
    if not page.live:
        return None
    try:
        revision = publish_revision(
            course=course,
            draft=draft_of(page),
            policy=AddedPolicy(page.added_steps),
            actor=actor,
            at=at,
        )
    except CourseIncomplete as refusal:
        Course.objects.filter(pk=course.pk).update(publishing_problem=str(refusal))
        return None
    Course.objects.filter(pk=course.pk).update(publishing_problem="")
    # What an editor said of the changed steps was said of this publishing only.
    said = LessonPage.objects.descendant_of(page).exclude(change=ChangedSteps.MINOR)
    said.update(change=ChangedSteps.MINOR, change_reason="")
    return revision


def _locked(page: CoursePage) -> CoursePage:
    """The page as it stands once no other editor publishes it: read after the lock."""
    list(CoursePage.objects.select_for_update(of=("self",)).filter(pk=page.pk).only("pk"))
    return CoursePage.objects.get(pk=page.pk)


@transaction.atomic
def keep_course(*, page: CoursePage) -> Course:
    """The row that ``page`` presents, made at the first publishing, with the page's facts."""
    facts = {name: getattr(page, name) for name in COURSE_FACTS}
    facts |= {"title": page.title, "is_public": page.live}
    if page.course_id is None:
        page.course = Course.objects.create(**facts)
        CoursePage.objects.filter(pk=page.pk).update(course=page.course)
        return page.course
    Course.objects.filter(pk=page.course_id).update(**facts)
    return Course.objects.get(pk=page.course_id)


def add_step(*, lesson: LessonPage, kind: str, value: dict[str, Any], actor) -> None:
    """Put a step at the end of the lesson, in a new draft; ``value`` is raw, as blocks store it."""
    block = {"type": kind, "id": str(uuid.uuid4()), "value": value}
    lesson.steps = StreamValue(lesson.steps.stream_block, [*lesson.steps.raw_data, block], True)
    lesson.save_revision(user=actor, log_action=True)


def hide_course(*, course_id: int) -> None:
    """Take a course whose page is gone out of the public's sight; its learners keep it."""
    Course.objects.filter(pk=course_id).update(is_public=False)


def keep_as_draft(*, page: CoursePage) -> None:
    """Hide a page whose publishing was refused while it was made.

    Wagtail puts a new page into the tree as live before it asks; one that was live before stays.
    """
    CoursePage.objects.filter(pk=page.pk, first_published_at__isnull=True).update(
        live=False, has_unpublished_changes=True
    )
