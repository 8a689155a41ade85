"""One's own computer: ``make run`` and ``manage.py`` without further ado."""

from .base import *  # noqa: F403
from .base import STORAGES, VAR_DIR, environment

DEBUG = environment.flag("OPORA_DEBUG", default=True)
SECRET_KEY = environment.text("OPORA_SECRET_KEY") or environment.kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = environment.items("OPORA_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
OPORA_DEMO = environment.flag("OPORA_DEMO", default=True)
SERVE_MEDIA = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
