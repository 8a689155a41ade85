"""The settings of ``make run``, with an empty page and with queries counted."""

from cms.settings.development import *  # noqa: F403
from cms.settings.development import MIDDLEWARE

ROOT_URLCONF = "cms.bench.urls"
MIDDLEWARE = ["cms.bench.counting.CountQueries", *MIDDLEWARE]
# Publishing is measured with its recompute, so nothing is left to the worker.
OPORA_RECOMPUTE_AT_ONCE = 10**9
LOGGING = {"version": 1, "disable_existing_loggers": True}
