"""However large the archive, looking at it takes less than 2 seconds and 100 MB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from courses.runtimes.packages.rules.directory import MOST_DIRECTORY_BYTES
from tests.courses.runtimes.packages.archives import Entry, archive

MEASURE = """
import json, pathlib, re, sys, time, tracemalloc
from courses.runtimes.packages.rules import find_problems

with open(sys.argv[1], "rb") as file:
    started = time.process_time()
    problems = find_problems(file)
    seconds = time.process_time() - started
# Of this process alone; what getrusage tells begins with the memory of the one it was forked from.
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) * 1024
with open(sys.argv[1], "rb") as file:
    tracemalloc.start()
    find_problems(file)
    allocated = tracemalloc.get_traced_memory()[1]
codes = [problem.code for problem in problems]
print(json.dumps({"codes": codes, "seconds": seconds, "peak": peak, "allocated": allocated}))
"""
MEGABYTE = 1024 * 1024


@pytest.fixture
def looked_at(tmp_path: Path, project_dir: Path):
    """``looked_at(content)``: what a process of its own finds, and what that costs."""

    def look(content: bytes, *, hole: int = 0) -> dict:
        path = tmp_path / "package.zip"
        with path.open("wb") as file:
            file.seek(hole)
            file.write(content)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(path)],
            cwd=project_dir,
            capture_output=True,
            check=True,
            timeout=60,
        )
        return json.loads(done.stdout)

    return look


def hundred_thousand(name: str) -> bytes:
    """An archive of that many files, made from one quickly."""
    one = archive(Entry(name, b"")).getvalue()
    local, rest = one[: one.index(b"PK\x01\x02")], one[one.index(b"PK\x01\x02") :]
    central = rest[: rest.index(b"PK\x05\x06")]
    times = 100_000
    end = archive(
        zip64={
            "here": times,
            "entries": times,
            "size": len(central) * times,
            "offset": len(local) * times,
            "at": (len(local) + len(central)) * times,
        },
        here=0xFFFF,
        entries=0xFFFF,
        size=0xFFFFFFFF,
        offset=0xFFFFFFFF,
    ).getvalue()
    return local * times + central * times + end


ARCHIVES = {
    "100,000 files": (hundred_thousand("a.txt"), 0, "too_many_files"),
    "5,000 files with all problems": (
        archive(*(Entry(f"../{n:0400d}\\a.zip", b"", flags=1) for n in range(5_000))).getvalue(),
        0,
        "parent_path",
    ),
    "a directory of a gigabyte": (
        archive("a.txt", size=1024 * MEGABYTE - 100, offset=0).getvalue()[-22:],
        1024 * MEGABYTE - 100,
        "broken_archive",
    ),
    "the longest directory that is read": (
        archive(*(Entry(f"{n}" * 700, b"") for n in range(1_000, 4_600))).getvalue(),
        0,
        "odd_name",
    ),
    "two gigabytes of nothing": (b"\0", 2048 * MEGABYTE, "not_an_archive"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_huge_archive_is_refused_quickly_and_in_little_memory(looked_at, name: str) -> None:
    content, hole, code = ARCHIVES[name]

    cost = looked_at(content, hole=hole)

    assert code in cost["codes"]
    assert cost["seconds"] < 2
    assert cost["peak"] < 100 * MEGABYTE
    assert cost["allocated"] < 60 * MEGABYTE


def test_the_longest_directory_of_the_samples_is_nearly_the_longest_allowed() -> None:
    content, _hole, _code = ARCHIVES["the longest directory that is read"]

    assert 0.6 * MOST_DIRECTORY_BYTES < len(content) / 2 < MOST_DIRECTORY_BYTES
