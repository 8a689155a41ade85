"""Many requests that begin together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

AT_ONCE = 20


def at_once(act: Callable[[int], Any], times: int = AT_ONCE) -> list[Any]:
    """What ``act(0)``, ``act(1)``, … return, each in a thread and a connection of its own."""
    ready = Barrier(times)

    def run(n: int) -> Any:
        try:
            ready.wait()
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))
