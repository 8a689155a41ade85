"""Publishing: one immutable revision of a course, made from an editor's draft."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.catalogue.models import Course, CourseRevision
from courses.lessons.errors import CourseIncomplete
from courses.lessons.models import Step, StepVersion
from courses.lessons.queries import latest_steps
from courses.lessons.rules import (
    AddedPolicy,
    CourseDraft,
    compile_outline,
    find_problems,
    name_steps,
    outline_to_json,
)


def digest_of(value: Any) -> str:
    """A hash of a JSON value that does not depend on the order of keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def publish_revision(
    *,
    course: Course,
    draft: CourseDraft,
    policy: AddedPolicy,
    actor,
    at: datetime,
) -> CourseRevision | None:
    """Compile ``draft`` into the next revision of ``course`` and make it the current one.

    ``policy`` says for whom the added steps are required (progress rule R7). Publishing the same
    draft twice makes one revision: the second time returns ``None``.

    Raises:
        CourseIncomplete: the draft has nothing to learn in some place; all places are listed.
    """
    problems = find_problems(draft)
    if problems:
        raise CourseIncomplete(problems)
    course = Course.objects.select_for_update().get(pk=course.pk)
    names = _names_given_once(course, draft)
    versions = _versions_kept(draft, names)
    last = CourseRevision.objects.filter(course=course).order_by("-n").first()
    n = last.n + 1 if last is not None else 1
    outline = compile_outline(
        draft,
        names=names,
        versions=versions,
        earlier=latest_steps(course.pk),
        n=n,
        policy=policy,
    )
    as_json = outline_to_json(outline)
    digest = digest_of(as_json)
    if last is not None and last.digest == digest:
        return None
    revision = CourseRevision.objects.create(
        course=course, n=n, outline=as_json, digest=digest, published_at=at, author=actor
    )
    Course.objects.filter(pk=course.pk).update(current_revision=revision)
    return revision


def _names_given_once(course: Course, draft: CourseDraft) -> list[str]:
    """Name the draft's steps and keep a ``Step`` row for each."""
    rows = Step.objects.filter(course=course).values_list("lesson_uid", "block_id", "uid")
    known = {(str(lesson), str(block)): str(uid) for lesson, block, uid in rows}
    block_ids = [step.block_id for _lesson, step in draft.places()]
    taken = {
        str(uid) for uid in Step.objects.filter(uid__in=block_ids).values_list("uid", flat=True)
    }
    names = name_steps(draft, course_uid=course.uid, known=known, taken=taken)
    known_names = set(known.values())
    for name, (lesson, step) in zip(names, draft.places(), strict=True):
        if known.get((lesson.uid, step.block_id)) == name:
            continue
        if name in known_names:
            Step.objects.filter(uid=name).update(lesson_uid=lesson.uid, block_id=step.block_id)
            continue
        origin = step.block_id if step.block_id != name else None
        Step.objects.create(
            uid=name,
            course=course,
            lesson_uid=lesson.uid,
            block_id=step.block_id,
            derived_from_id=origin,
        )
    return names


def _versions_kept(draft: CourseDraft, names: list[str]) -> list[int]:
    """The ids of the ``StepVersion`` of each step, made where the content is new."""
    digests = [digest_of([step.kind, step.content]) for _lesson, step in draft.places()]
    rows = StepVersion.objects.filter(step_id__in=names, digest__in=digests)
    kept = {
        (str(step), digest): pk for step, digest, pk in rows.values_list("step", "digest", "pk")
    }
    for name, digest, (_lesson, step) in zip(names, digests, draft.places(), strict=True):
        if (name, digest) not in kept:
            version = StepVersion.objects.create(
                step_id=name, kind=step.kind, content=step.content, digest=digest
            )
            kept[name, digest] = version.pk
    return [kept[name, digest] for name, digest in zip(names, digests, strict=True)]
