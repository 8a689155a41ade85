"""What every test stands on: a migrated database in milliseconds, clean caches and a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from hypothesis import settings as hypothesis_settings

from tests.browser import ADVICE, find_browser
from tests.database import prepared_database

# Playwright's driver keeps an event loop in this thread, and Django would refuse to query there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.load_profile("steady")

BROWSER_FIXTURES = {"page", "browser", "context", "new_context"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that drive a browser, so that ``-m "not browser"`` leaves them out."""
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A fresh migrated database, which transactional tests also find as migrations left it."""
    with django_db_blocker.unblock(), prepared_database():
        yield


@pytest.fixture(autouse=True)
def _clean_caches() -> Iterator[None]:
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _throw_files_away() -> Iterator[None]:
    yield
    shutil.rmtree(django_settings.TEST_FILES_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Playwright's options for a Chromium that is on this computer already."""
    executable = find_browser()
    if not executable:
        pytest.fail(ADVICE)
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "
        "--disable-background-networking --disable-component-update --disable-sync"
    )
    return {"executable_path": executable, "args": quiet.split()}


@pytest.fixture
def content_origin(live_server: Any, settings: Any) -> str:
    """Where packages play while ``live_server`` runs, which is the site."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.OPORA_CONTENT_ORIGIN = live_server.url.replace("localhost", "127.0.0.1")
    return settings.OPORA_CONTENT_ORIGIN


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The repository's root."""
    return django_settings.BASE_DIR
