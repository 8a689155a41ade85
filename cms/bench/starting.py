"""``python -m cms.bench.starting``: starting an H5P step as a browser does, without running it.

Reads what to do as JSON from standard input and writes what was measured to standard output; it
knows nothing of the portal. A start is the frame's page and all scripts, styles and pictures that
its HTML names, one after the other over one connection.
"""

import json
import re
import statistics
import sys
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

COUNT_HEADER = "X-Bench-Queries"
KEPT = re.compile(r"max-age=[1-9]")
SOURCES = {"script": "src", "img": "src", "link": "href"}


class _Named(HTMLParser):
    """``addresses`` are those that a browser loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(SOURCES.get(tag, ""))
        if address and not address.startswith("data:"):
            self.addresses.append(address)


def named_in(page: str) -> list[str]:
    """What a browser asks for beside the page, each once, without the origin."""
    parser = _Named()
    parser.feed(page)
    return list(dict.fromkeys(urlsplit(address).path for address in parser.addresses))


@dataclass
class Browser:
    """``kept`` are the paths that it need not ask for again; the sums are of one start."""

    connection: HTTPConnection
    headers: dict[str, str]
    kept: set[str]
    fetches: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    def start(self, path: str) -> None:
        for sums in (self.fetches, self.sizes, self.queries):
            sums.append(0)
        began = time.perf_counter()
        page = self._get(path, "identity")
        for address in named_in(page.decode()):
            if address not in self.kept:
                self._get(address, "br, gzip")
        self.milliseconds.append(1000 * (time.perf_counter() - began))

    def _get(self, path: str, encoding: str) -> bytes:
        headers = {**self.headers, "Accept-Encoding": encoding}
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        if KEPT.search(response.headers.get("Cache-Control", "")):
            self.kept.add(path)
        self.fetches[-1] += 1
        self.sizes[-1] += len(content)
        self.queries[-1] += int(response.headers.get(COUNT_HEADER, 0))
        self.statuses.add(response.status)
        return content


def drive(spec: dict[str, Any]) -> dict[str, Any]:
    """Start each of the ``paths``: with nothing kept, or with what a browser has ``kept``.

    The middle of all starts, ``bytes`` and ``queries`` of a whole one; times in milliseconds.
    """
    connection = HTTPConnection(spec["host"], spec["port"], timeout=60)
    browser = Browser(connection, spec["headers"], set(spec["kept"]))
    for path in spec["paths"]:
        if not spec["kept"]:
            browser.kept.clear()
        browser.start(path)
    times = sorted(browser.milliseconds)
    return {
        "requests": len(times),
        "rps": 1000 * len(times) / sum(times),
        "p50_ms": statistics.median(times),
        "p95_ms": times[min(len(times) - 1, len(times) * 95 // 100)],
        "queries": statistics.median(browser.queries),
        "bytes": int(statistics.median(browser.sizes)),
        "fetches": max(browser.fetches),
        "statuses": sorted(browser.statuses),
        "kept": sorted(browser.kept),
    }


if __name__ == "__main__":
    json.dump(drive(json.load(sys.stdin)), sys.stdout)
