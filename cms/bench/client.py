"""A load generator: threads with keep-alive connections, in a process of its own.

``python -m cms.bench.client`` reads what to do as JSON from standard input and writes what was
measured to standard output; it knows nothing of the portal.
"""

import json
import statistics
import sys
import time
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Barrier, Thread
from typing import Any

COUNT_HEADER = "X-Bench-Queries"


@dataclass
class Client:
    """One client: every ``step``-th request from its ``number`` on, round and round or ``once``."""

    spec: dict[str, Any]
    number: int
    seconds: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    queries: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def run(self, ready: Barrier) -> None:
        connection = HTTPConnection(self.spec["host"], self.spec["port"], timeout=60)
        mine = self.spec["requests"][self.number :: self.spec["clients"]]
        if not self.spec["once"]:
            for request in mine if self.spec["warm"] else mine[:1]:
                self._ask(connection, request)
            self.seconds, self.queries, self.sizes = [], [], []
        ready.wait()
        deadline = time.monotonic() + self.spec["seconds"]
        number = 0
        while time.monotonic() < deadline and not (self.spec["once"] and number == len(mine)):
            self._ask(connection, mine[number % len(mine)])
            number += 1
        connection.close()

    def _ask(self, connection: HTTPConnection, request: dict[str, Any]) -> None:
        body = request["body"]
        while "{uuid}" in body:
            body = body.replace("{uuid}", str(uuid.uuid4()), 1)
        path = request["path"].replace("{uuid}", uuid.uuid4().hex)
        began = time.perf_counter()
        connection.request(request["method"], path, body.encode(), request["headers"])
        response = connection.getresponse()
        content = response.read()
        self.seconds.append(time.perf_counter() - began)
        self.statuses.add(response.status)
        self.queries.append(int(response.headers.get(COUNT_HEADER, 0)))
        self.sizes.append(len(content))
        if self.spec["acknowledges"] and response.status == 200:
            self.acknowledged += acknowledged_in(json.loads(content), request.get("mark"))


def acknowledged_in(answer: dict[str, Any], mark: str | None) -> list[str]:
    """The events that are accepted, or the ``mark`` of a report that was taken."""
    if mark is None:
        return [one["id"] for one in answer["results"] if one["status"] == "accepted"]
    return [mark] if answer.get("taken") is True or answer.get("result") == "true" else []


def drive(spec: dict[str, Any]) -> dict[str, Any]:
    """Run the clients of ``spec`` at once and say what they met; times in milliseconds."""
    clients = [Client(spec, number) for number in range(spec["clients"])]
    ready = Barrier(len(clients) + 1)
    threads = [Thread(target=client.run, args=(ready,)) for client in clients]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    times = sorted(1000 * second for client in clients for second in client.seconds)
    return {
        "requests": len(times),
        "rps": len(times) / took,
        "p50_ms": statistics.median(times),
        "p95_ms": times[min(len(times) - 1, len(times) * 95 // 100)],
        "queries": statistics.median(it for client in clients for it in client.queries),
        "bytes": int(statistics.median(it for client in clients for it in client.sizes)),
        "statuses": sorted({it for client in clients for it in client.statuses}),
        "acknowledged": [uid for client in clients for uid in client.acknowledged],
    }


if __name__ == "__main__":
    json.dump(drive(json.load(sys.stdin)), sys.stdout)
