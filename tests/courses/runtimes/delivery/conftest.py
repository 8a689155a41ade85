"""Files on the content origin, and a browser that asks for them."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from courses.runtimes.delivery import queries
from courses.runtimes.delivery.rules import Recent
from courses.runtimes.packages.models import Tree
from courses.runtimes.packages.operations import keep_tree


@pytest.fixture
def a_tree(db: None) -> Callable[[dict[str, bytes]], Tree]:
    """``a_tree({"js/card.js": b"…"})``: these files, kept."""

    def make(files: dict[str, bytes]) -> Tree:
        return keep_tree(files=[(path, io.BytesIO(data)) for path, data in files.items()])

    return make


@pytest.fixture
def frame(settings: Any) -> Client:
    """A browser on the content origin; it follows addresses of that origin."""
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    return Client(headers={"host": "content.example"}, raise_request_exception=False)


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From here on, the memory is that of a process that has just begun."""

    def begin() -> None:
        monkeypatch.setattr(queries, "_files", Recent(1_000))
        monkeypatch.setattr(queries, "_contents", Recent(1_000_000))

    return begin


@pytest.fixture(autouse=True)
def _a_process_of_its_own(another_process: Callable[[], None]) -> None:
    another_process()


def path_of(address: str) -> str:
    """The path of an address, as a browser sends it."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
