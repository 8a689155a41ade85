"""What an editor's browser sends when a form of the admin is submitted."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

EVERY_PAGE = {
    "seo_title": "",
    "search_description": "",
    "go_live_at": "",
    "expire_at": "",
    "comment_notifications": "on",
}
EVERY_STEP = {"required": "on", "weight": "1", "age_from": "", "age_to": ""}
SAVE: dict[str, str] = {}
PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}


def page_form(
    action: dict[str, str], *, comments: list[dict[str, Any]] | None = None, **fields: Any
) -> dict[str, Any]:
    """The fields of any page with the button pressed."""
    notes = inline_formset(comments or [])
    return {**EVERY_PAGE, **nested_form_data({"comments": notes}), **fields, **action}


def course_form(action: dict[str, str], *, topic: int, **fields: Any) -> dict[str, Any]:
    """A course about bridges."""
    filled = {
        "title": "Bridges",
        "slug": "bridges",
        "promise": "You will build a bridge",
        "audience": "child",
        "age_from": "9",
        "age_to": "12",
        "age_mark": "6",
        "topic": str(topic),
        "hours": "2",
        "teacher": "",
        "organisation": "",
        "enrolment_opens_on": "",
        "enrolment_closes_on": "",
        "added_steps": "optional_for_active",
        "cover": "",
        "goals": "",
        "about": rich_text(""),
        "needs_at_home": "",
        "data_kept": "",
    }
    return page_form(action, **filled | fields)


def module_form(action: dict[str, str], **fields: Any) -> dict[str, Any]:
    return page_form(action, **{"title": "Module", "slug": "module"} | fields)


def lesson_form(
    action: dict[str, str], *steps: tuple[str, dict[str, Any]], **fields: Any
) -> dict[str, Any]:
    """A lesson of these steps, each a pair of its kind and its value."""
    filled = {
        "title": "Lesson",
        "slug": "lesson",
        "minutes": "10",
        "available_from": "",
        "can_now": "",
        "ask_at_home": "",
        "look_together": "",
        "change": "minor",
        "change_reason": "",
    }
    return page_form(
        action, **filled | fields, **nested_form_data({"steps": streamfield(list(steps))})
    )


def text_step(title: str) -> tuple[str, dict[str, Any]]:
    value = {"title": title, "completion": "viewed", "body": rich_text(f"<p>{title}</p>")}
    return "text", EVERY_STEP | value


def quiz_step(*, right: int | None) -> tuple[str, dict[str, Any]]:
    """A quiz of one question with two options; ``right`` is the index of the right one."""
    options = [
        {"text": text, "explanation": ""} | ({"correct": "on"} if index == right else {})
        for index, text in enumerate(("123456", "Fox-7-Guitar-Snow"))
    ]
    question = {"text": "Which key is strong?", "hint": "", "explanation": "", "points": "1"}
    listed = {"count": "2"} | {
        str(index): {"value": option, "order": str(index), "deleted": ""}
        for index, option in enumerate(options)
    }
    return "quiz", {
        **EVERY_STEP,
        "title": "Quiz",
        "completion": "passed",
        "intro": rich_text(""),
        "pass_percent": "60",
        "attempts_allowed": "",
        "feedback": "each",
        "questions": streamfield([("single", question | {"options": listed})]),
    }


def child_of(parent: Page) -> Page:
    """The newest page below ``parent``."""
    return Page.objects.get(pk=parent.pk).get_children().order_by("-pk").first().specific


def add(kind: type[Page], parent: Page) -> str:
    """The address of the form for a new page below ``parent``."""
    return reverse("wagtailadmin_pages:add", args=["opora_pages", kind._meta.model_name, parent.pk])


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
