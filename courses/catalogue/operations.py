"""Everything that changes the tree of topics."""

from enum import StrEnum

from django.db import transaction

from courses.catalogue.models import Topic


class Position(StrEnum):
    """Where a topic stands to another one in the tree."""

    FIRST = "first"
    LAST = "last"
    AFTER = "after"


Place = tuple[Position, Topic | None]
"""First or last below a topic, or right after it; without a topic, among the focus areas."""


@transaction.atomic
def place_topic(*, topic: Topic, place: Place) -> Topic:
    """Save ``topic``, new or not, at its place in the tree, with all that is below it.

    Placing it where it stands moves nothing.
    """
    if topic.pk is None:
        Topic.add_root(instance=topic)
        topic = Topic.objects.get(pk=topic.pk)
    else:
        topic.save()
    if place != place_of(topic):
        _move(topic, *place)
    return Topic.objects.get(pk=topic.pk)


def place_of(topic: Topic) -> Place:
    """Where the topic stands now."""
    before = topic.get_prev_sibling()
    if before is not None:
        return Position.AFTER, before
    return Position.FIRST, topic.get_parent()


def _move(topic: Topic, position: Position, other: Topic | None) -> None:
    if other is None:
        topic.move(Topic.get_first_root_node(), f"{position}-sibling")
    elif position == Position.AFTER:
        topic.move(other, "right")
    else:
        topic.move(other, f"{position}-child")
