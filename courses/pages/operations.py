"""Publishing a course: from its tree of pages to the published rows, and everyone inside."""

from datetime import datetime

from django.db import transaction

from courses.catalogue.models import COURSE_FACTS, Course
from courses.lessons.errors import CourseIncomplete
from courses.lessons.operations import publish_revision
from courses.lessons.rules import AddedPolicy
from courses.pages.models import CoursePage
from courses.pages.queries import draft_of


def publish_course(*, page: CoursePage, actor, at: datetime) -> bool:
    """Make the published rows say what the live pages say; returns whether a revision was made.

    Rewrites the course's facts and compiles a revision where the outline changed; learners are
    recomputed by the caller. Safe to run twice. A course that cannot be compiled keeps its last
    revision and says why in ``Course.publishing_problem``.
    """
    course = keep_course(page=page)
    if not page.live:
        return False
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
        return False
    Course.objects.filter(pk=course.pk).update(publishing_problem="")
    return revision is not None


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
