"""Keeping statements."""

from collections.abc import Iterable
from datetime import datetime

from courses.runtimes.xapi import models
from courses.runtimes.xapi.builders import Statement


def keep(statements: Iterable[Statement], *, at: datetime) -> None:
    """Store the statements at ``at``; one with an id that is stored already is the same one."""
    rows = [
        models.Statement(
            id=statement.id,
            actor=statement.actor.learner,
            verb=statement.verb.iri,
            activity=statement.object.iri,
            registration=statement.context.registration,
            happened_at=statement.at,
            stored_at=at,
            body=statement.as_dict(),
        )
        for statement in statements
    ]
    models.Statement.objects.bulk_create(rows, ignore_conflicts=True)
