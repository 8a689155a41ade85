"""What is the same for every reader is kept until the content changes.

The *generation* is a name in the shared cache; a change of content makes a new one. Whatever is
made from content alone is kept under it, as in ``@lru_cache def chrome_of(generation, host)``: a
change is seen at once by every process that shares the cache, and nothing has to be deleted.
"""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

GENERATION = "opora.generation"
LONGEST_SECONDS = 600
"""A generation ends after this time by itself: no change that sent no signal stays unseen."""


def generation_of(request: HttpRequest) -> str:
    """The generation that this request shows, asked for once."""
    kept: str | None = getattr(request, "opora_generation", None)
    if kept is None:
        kept = cache.get(GENERATION) or _begin()
        request.opora_generation = kept  # type: ignore[attr-defined]
    return kept


def begin_generation(**_signal: object) -> None:
    """Content has changed; said once the current transaction is written. Fits as a receiver."""
    transaction.on_commit(_begin)


def _begin() -> str:
    generation = uuid4().hex
    cache.set(GENERATION, generation, LONGEST_SECONDS)
    return generation
