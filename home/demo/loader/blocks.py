"""From the content files to StreamField values, checked as an editor's form checks them."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail.blocks import StreamBlockValidationError, StreamValue

BLOCKS = uuid.UUID("6c1f9f8e-0f2b-5b6e-8f57-0a4d3b1f7a10")
"""The namespace of the demonstration's block ids: loading twice names every step alike."""

LISTED = ("options", "pairs", "items", "answers")
"""Fields that hold a list of plain values in the content files."""

FileId = Callable[[str, dict[str, Any]], int]
"""Gives the id of the stored file of a step by its name in the content files."""


def checked_stream(model: Any, field: str, raw: Sequence[dict[str, Any]]) -> StreamValue:
    """The raw blocks as a value of the model's StreamField, with the form's checks passed.

    Raises:
        ValidationError: the content breaks a rule of its block.
    """
    stream_block = model._meta.get_field(field).stream_block
    return stream_block.clean(stream_block.to_python(list(raw)))


def step_blocks(
    model: Any, steps: Sequence[dict[str, Any]], *, place: str, file_id: FileId
) -> StreamValue:
    """The steps of a lesson; ``place`` names the lesson and makes the ids of its blocks.

    Raises:
        ValidationError: a step breaks a rule of its block; the sentence names the lesson.
    """
    raw = [_step(step, f"{place}/{number}", file_id) for number, step in enumerate(steps, start=1)]
    try:
        return checked_stream(model, "steps", raw)
    except StreamBlockValidationError as error:
        raise ValidationError(f"{place}: {error.as_json_data()}") from error


def _step(step: dict[str, Any], place: str, file_id: FileId) -> dict[str, Any]:
    value = {name: given for name, given in step.items() if name != "kind"}
    for name in ("image", "poster", "file", "captions", "package"):
        if name in value:
            value[name] = file_id(value[name], step)
    if step["kind"] == "checklist":
        value["intro"] = strip_tags(value.get("intro", ""))
    if "questions" in value:
        value["questions"] = [
            _question(question, f"{place}/question {number}")
            for number, question in enumerate(value["questions"], start=1)
        ]
    return _block(step["kind"], _with_lists(value, place), place)


def _question(question: dict[str, Any], place: str) -> dict[str, Any]:
    value = {name: given for name, given in question.items() if name != "kind"}
    return _block(question["kind"], _with_lists(value, place), place)


def _with_lists(value: dict[str, Any], place: str) -> dict[str, Any]:
    lists = {
        name: [
            _block("item", item, f"{place}/{name} {number}")
            for number, item in enumerate(value[name], start=1)
        ]
        for name in LISTED
        if name in value
    }
    return {**value, **lists}


def _block(kind: str, value: Any, place: str) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid5(BLOCKS, place))}
