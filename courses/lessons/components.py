"""Steps as HTML: the same pieces in the player, on pages open for reading and in previews.

A step's template (``courses/steps/<kind>.html``) shows what the step says, without its title.
"""

from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.lessons.blocks import LessonStreamBlock
from courses.lessons.models import StepVersion
from courses.lessons.rules import StepRef

SAME_FOR_EVERYONE = frozenset({"text", "image", "video", "audio", "file", "callout"})
"""Kinds whose HTML depends on nothing but the version and the language."""
KEPT_SECONDS = 24 * 3600


@lru_cache(maxsize=1)
def _lesson_block() -> LessonStreamBlock:
    return LessonStreamBlock()


def value_of(version: StepVersion) -> Any:
    """What the step says, as its block reads it: files and pictures are found when asked for."""
    return _lesson_block().child_blocks[version.kind].to_python(version.content)


def render_step(step: StepRef, *, course_id: int) -> SafeString:
    """The HTML of a step that is the same for everyone; kept, since versions never change."""
    key = f"opora.step.{step.uid}.{step.version}.{get_language()}"
    html = cache.get(key)
    if html is None:
        version = StepVersion.objects.get(pk=step.version)
        block = _lesson_block().child_blocks[step.kind]
        html = str(block.render(value_of(version), {"course_id": course_id}))
        cache.set(key, html, KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 - made by our own templates


def file_address(document, *, course_id: int) -> str:
    """Where a document of the course is read by those who may; the signature binds the two."""
    token = _signer().sign(f"{course_id}-{document.pk}")
    return reverse("courses:step_file", args=[token, document.filename])


def read_file_address(token: str) -> tuple[int, int] | None:
    """``(course id, document id)`` of an address made here; ``None`` for any other."""
    try:
        course_id, _dash, document_id = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    return int(course_id), int(document_id)


def _signer() -> Signer:
    return Signer(sep=".", salt="opora.step-file")
