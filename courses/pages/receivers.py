"""Wagtail says that a page was published, hidden, moved or deleted; one operation follows."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from courses.enrolments.models import Enrolment
from courses.foundation.conf import conf
from courses.foundation.generations import begin_generation
from courses.pages.models import CoursePage, LessonPage, ModulePage
from courses.pages.operations import hide_course, publish_course
from courses.progress.operations import recompute_course
from courses.progress.tasks import recompute_course_task

TYPES = (CoursePage, ModulePage, LessonPage)
SHOWN_BESIDE_PAGES = ("opora_courses.Topic", "opora_people.Organisation", "opora_people.Teacher")


def connect() -> None:
    for page_type in TYPES:
        page_published.connect(republish, sender=page_type)
        page_unpublished.connect(republish, sender=page_type)
        post_page_move.connect(republish_both, sender=page_type)
    post_delete.connect(hide, sender=CoursePage)
    begin_generations()


def begin_generations() -> None:
    """Forget what is kept of the content as soon as something that readers see has changed."""
    for signal in (
        page_published,
        page_unpublished,
        page_slug_changed,
        post_page_move,
        published,
        unpublished,
    ):
        signal.connect(begin_generation)
    post_delete.connect(begin_generation, sender=Page)
    # Records without a draft of their own: readers see them as soon as they are saved.
    shown = [get_document_model(), get_image_model(), PageViewRestriction, Site]
    shown += [apps.get_model(name) for name in SHOWN_BESIDE_PAGES]
    for model in shown:
        for signal in (post_save, post_delete):
            signal.connect(begin_generation, sender=model)


def hide(instance: CoursePage, **_signal: object) -> None:
    """A deleted page leaves its course, with the learners' records, out of sight."""
    if instance.course_id is not None:
        hide_course(course_id=instance.course_id)


def republish(instance: Page, revision: Any = None, **_signal: object) -> None:
    """After the commit, so that a whole subtree published in one transaction is one revision.

    ``revision`` is Wagtail's, of the page: it knows who wrote it.
    """
    _republish_at(instance.path, actor=getattr(revision, "user", None))


def republish_both(instance: Page, parent_page_before: Page, **_signal: object) -> None:
    """A moved lesson changes the course that it left and the one that it came to."""
    _republish_at(instance.path)
    _republish_at(parent_page_before.path)


def _republish_at(path: str, *, actor: Any = None) -> None:
    def publish() -> None:
        steplen = Page.steplen
        paths = [path[:end] for end in range(steplen, len(path) + 1, steplen)]
        for page in CoursePage.objects.filter(path__in=paths).select_related("course"):
            revision = publish_course(page=page, actor=actor, at=timezone.now())
            begin_generation()
            if revision is not None:
                recompute_everyone(course_id=revision.course_id)

    transaction.on_commit(publish)


def recompute_everyone(*, course_id: int) -> None:
    """Bring all learners of the course up to its revision: at once, or in a task if many."""
    learners = Enrolment.objects.active().filter(course_id=course_id).count()
    if learners < conf.OPORA_RECOMPUTE_AT_ONCE:
        recompute_course(course_id=course_id)
    else:
        recompute_course_task.enqueue(course_id)
