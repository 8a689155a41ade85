"""The test suite: quick hashing, tasks at once, files and caches thrown away."""

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

from .base import *  # noqa: F403
from .base import STORAGES, VAR_DIR, environment

DEBUG = False
SECRET_KEY = "a-key-for-tests-only"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
OPORA_DEMO = True
TEST_DATABASE_URL = environment.text("OPORA_TEST_DATABASE_URL")
TEST_DATABASE_FILE = environment.text("OPORA_TEST_DATABASE_FILE", str(VAR_DIR / "test" / "opora"))
DATABASES = {
    "default": environment.database_from_url(TEST_DATABASE_URL)
    if TEST_DATABASE_URL
    else environment.sqlite(Path(TEST_DATABASE_FILE))
}
# Two runs at a time do not meet.
DATABASES["default"]["TEST"] = {"NAME": f"test_opora_{os.getpid()}"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEST_FILES_DIR = Path(tempfile.gettempdir()) / f"opora-test-{os.getpid()}"
MEDIA_ROOT = TEST_FILES_DIR / "media"
STORAGES.update(environment.file_storages(TEST_FILES_DIR, MEDIA_ROOT, bucket="", public_url=""))
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Django 6 has tasks of its own, and the queue in the database then takes only those.
TASKS_PACKAGE = "django.tasks" if find_spec("django.tasks") else "django_tasks"
TASKS = {"default": {"BACKEND": f"{TASKS_PACKAGE}.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
