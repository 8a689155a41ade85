"""A server on the Internet. Refuses to start without a secret key and its two addresses."""

from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .base import BEHIND_PROXY, OPORA_CONTENT_ORIGIN, SITE_URL, environment

DEBUG = False
OPORA_PRODUCTION = True
SECRET_KEY = environment.required(
    "OPORA_SECRET_KEY", "50 or more random characters that sign sessions, kept from everyone"
)
environment.required("OPORA_SITE_URL", "the portal's address, such as https://opora.example")
environment.required(
    "OPORA_CONTENT_ORIGIN",
    "the portal's second address, on another domain, such as https://opora-content.example; "
    "interactive content plays there",
)
ALLOWED_HOSTS = [
    *environment.items("OPORA_HOSTS", [urlsplit(SITE_URL).hostname or ""]),
    urlsplit(OPORA_CONTENT_ORIGIN).hostname or "",
]

SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
if SECURE:
    # The prefix binds a cookie to this very host: no neighbour on the domain can set it.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_HOST = environment.text("OPORA_EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
