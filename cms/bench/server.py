"""The portal as ``make run`` serves it, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

HOST = "127.0.0.1"
THREADS = 8
PATIENCE_SECONDS = 60


@dataclass
class Server:
    port: int
    process: subprocess.Popen

    @property
    def cpu_seconds(self) -> float:
        """Processor time of the server and all that it started."""
        return sum(_cpu_seconds(pid) for pid in _family(self.process.pid))


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Server]:
    """A server in the environment given, until the block ends."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"),
        *("--host", HOST, "--port", str(port), "--workers", "1"),
        *("--blocking-threads", str(THREADS), "--log-level", "error", "cms.wsgi:application"),
    ]
    process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)  # noqa: S603
    try:
        _wait(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/readyz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("The server does not answer; its own message is above.")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from _family(int(child))


def _cpu_seconds(pid: int) -> float:
    """User and system time by ``/proc/<pid>/stat``, fields 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
