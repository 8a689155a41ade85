"""What the tables' querysets have in common."""

from typing import Any, Self

from django.db import connections, models


class LockableQuerySet(models.QuerySet):
    def lock(self) -> Self:
        """Lock these rows until the transaction ends; returns them for a reading after that.

        Two queries, because one that had to wait would see all but the locked row as it was
        before. Without row locks (SQLite) a transaction that writes has the database to itself.
        """
        if not connections[self.db].features.has_select_for_update:
            return self
        rows: list[Any] = list(self.select_for_update(of=("self",)).only("pk"))
        locked = [row.pk for row in rows]
        return type(self)(self.model, using=self.db).filter(pk__in=locked)
