"""A course as its tree of pages stands, as the compiler reads it."""

from collections.abc import Mapping
from typing import Any

from courses.lessons.rules import (
    AddedPolicy,
    Change,
    CourseDraft,
    LessonDraft,
    ModuleDraft,
    Outline,
    StepDraft,
    ages_of,
    compile_outline,
    rule_of,
)


def draft_of(course_page, *, with_unpublished: bool = False) -> CourseDraft:
    """The course as its tree of pages stands: live pages, or with the newest drafts of all."""

    def below(page) -> list[Any]:
        children = page.get_children().order_by("path")
        if not with_unpublished:
            return list(children.live().specific())
        return [child.get_latest_revision_as_object() for child in children.specific()]

    return CourseDraft(
        modules=tuple(
            ModuleDraft(
                uid=str(module.translation_key),
                title=module.title,
                lessons=tuple(lesson_draft(lesson) for lesson in below(module)),
            )
            for module in below(course_page)
        )
    )


def lesson_draft(lesson) -> LessonDraft:
    """A lesson page as the compiler reads it."""
    return LessonDraft(
        uid=lesson.uid,
        title=lesson.title,
        minutes=lesson.minutes,
        can_now=lesson.can_now,
        ask_at_home=lesson.ask_at_home,
        look_together=lesson.look_together,
        available_from=lesson.available_from,
        steps=tuple(
            StepDraft(
                block_id=block["id"],
                kind=block["type"],
                title=block["value"]["title"],
                required=block["value"]["required"],
                weight=block["value"].get("weight") or 1,
                rule=rule_of(block["value"]),
                content=_content_of(block["value"]),
                ages=ages_of(block["value"]),
            )
            for block in lesson.steps.get_prep_value()
        ),
        change=Change(lesson.change),
        reason=lesson.change_reason,
    )


def _content_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """What a step says: for whom it is stands in the outline, and is no other version of it."""
    return {name: part for name, part in value.items() if name not in {"age_from", "age_to"}}


def preview_outline(course_page) -> Outline:
    """The outline that publishing all drafts would give; its step uids are throw-away."""
    draft = draft_of(course_page, with_unpublished=True)
    block_ids = [step.block_id for _lesson, step in draft.places()]
    return compile_outline(
        draft,
        names=block_ids,
        versions=[0] * len(block_ids),
        earlier={},
        n=1,
        policy=AddedPolicy.INITIAL,
    )
