"""``python -m cms.bench.importing KIND MEGABYTES``: how long an import takes, and its memory.

The process has the memory of an import to itself: what it takes at most is read off ``/proc``.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

TIMES = 3
REFERENCES = Path("/proc/self/clear_refs")
FORGET_THE_PEAK = "5"
STATUS = Path("/proc/self/status")


def measure(kind: str, megabytes: int) -> dict[str, Any]:
    """Bring in a few such packages one after the other: the upload and the import, by one worker.

    ``peak_mb`` is what an import takes above what the process had, ``bytes`` are of the file.
    """
    from django.db import connection

    from cms.bench.counting import TRANSACTION
    from cms.bench.packages import bring, brought, written

    # What is read once in the life of a process is not of the import.
    brought(kind, seed=0)
    milliseconds: list[float] = []
    cpu_ms: list[float] = []
    queries: list[int] = []
    peaks: list[float] = []
    size = 0

    def counted(execute: Any, sql: str, *arguments: Any) -> Any:
        queries[-1] += not sql.startswith(TRANSACTION)
        return execute(sql, *arguments)

    with TemporaryDirectory() as folder:
        for number in range(1, TIMES + 1):
            path = Path(folder, str(number))
            written(kind, path, seed=-number, films=megabytes)
            size = path.stat().st_size
            queries.append(0)
            REFERENCES.write_text(FORGET_THE_PEAK)
            before = _megabytes("VmRSS")
            began, cpu_began = time.perf_counter(), time.process_time()
            with path.open("rb") as file, connection.execute_wrapper(counted):
                bring(kind, file, f"{kind} of {megabytes} MB, {number}")
            milliseconds.append(1000 * (time.perf_counter() - began))
            cpu_ms.append(1000 * (time.process_time() - cpu_began))
            peaks.append(_megabytes("VmHWM") - before)
            path.unlink()
    return {
        "rps": 1000 / statistics.median(milliseconds),
        "p50_ms": statistics.median(milliseconds),
        "p95_ms": max(milliseconds),
        "cpu_ms": statistics.median(cpu_ms),
        "queries": statistics.median(queries),
        "bytes": size,
        "peak_mb": max(peaks),
    }


def _megabytes(name: str) -> float:
    """A line of ``/proc/self/status``, which counts in kilobytes."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(name))


if __name__ == "__main__":
    django.setup()
    json.dump(measure(sys.argv[1], int(sys.argv[2])), sys.stdout)
