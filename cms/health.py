"""Two addresses for whoever watches over the portal."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database and the cache answer, or 503 with the name of what does not."""
    problems = [
        name for name, answers in (("database", _database), ("cache", _cache)) if not answers()
    ]
    return JsonResponse(
        {"status": "not ready" if problems else "ready", "problems": problems},
        status=503 if problems else 200,
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache() -> bool:
    try:
        cache.set("opora.readyz", 1, 10)
        return cache.get("opora.readyz") == 1
    except OSError:
        return False
