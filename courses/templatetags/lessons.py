"""What the templates of steps need beside their own words."""

from typing import Any

from django import template

from courses.lessons.components import file_address
from courses.lessons.rules.captions import Cue, cues_of
from courses.templatetags.opora import STATES

register = template.Library()

LONGEST_CAPTIONS = 1024 * 1024
"""In bytes: hours of speech."""


@register.simple_tag(takes_context=True)
def step_file(context: dict[str, Any], document) -> str:
    """The address of a step's document, for the readers of the course around it.

    The course is ``course_id``, or that of ``course_page``; a draft that was never published has
    none, and its editor reads the document where documents are.
    """
    course_id = context.get("course_id") or getattr(context.get("course_page"), "course_id", None)
    return file_address(document, course_id=course_id) if course_id else document.url


@register.simple_tag
def cues_of_file(document) -> tuple[Cue, ...]:
    """The phrases of a film's captions with their moments; none where the file cannot be read."""
    if document is None:
        return ()
    try:
        with document.open_file() as file:
            text = file.read(LONGEST_CAPTIONS)
    except OSError:
        return ()
    return cues_of(text.decode("utf-8-sig", errors="replace"))


@register.filter
def ending(name: str) -> str:
    """``"PDF"`` for ``"list.pdf"``."""
    return name.rpartition(".")[2].upper() if "." in name else ""


@register.simple_tag
def state_word(code: str) -> str:
    """The word alone of where a step stands; codes are those of the tag ``state``."""
    return str(STATES[code][1])
