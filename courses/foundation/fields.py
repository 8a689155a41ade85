"""Fields of models."""

from typing import Any

from wagtail.fields import StreamField


class LessonStreamField(StreamField):
    """A StreamField whose blocks are no part of the schema.

    Wagtail writes every label and help text of the blocks into migrations, so that each change of
    wording would ask for one; the column holds JSON whatever the blocks are.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs
