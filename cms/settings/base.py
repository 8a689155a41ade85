"""What every place of work shares. Environment variables alone scale the portal out."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(environment.text("OPORA_VAR_DIR", str(BASE_DIR / "var")))

PORT = environment.text("PORT", "8000")
SITE_URL = environment.text("OPORA_SITE_URL", f"http://localhost:{PORT}").rstrip("/")
# Packages play there. One process serves both, and 127.0.0.1 shares no cookies with localhost.
OPORA_CONTENT_ORIGIN = environment.text("OPORA_CONTENT_ORIGIN", f"http://127.0.0.1:{PORT}").rstrip(
    "/"
)
OPORA_PROBE_PATHS = ("/healthz", "/readyz")
OPORA_DEMO = environment.flag("OPORA_DEMO", default=False)
OPORA_PRODUCTION = False

INSTALLED_APPS = [
    "cms.users",
    "home",
    "courses.pages",
    "courses",
    "courses.people",
    "courses.runtimes",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "laces",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courses.runtimes.delivery.middleware.ContentOriginMiddleware",
    "cms.headers.PortalHeadersMiddleware",
    "cms.language.ChosenLanguageMiddleware",
    "cms.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.views.chrome.chrome",
            ],
        },
    },
]

# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_URL = environment.text("OPORA_DATABASE_URL")
DATABASES = {
    "default": environment.database_from_url(DATABASE_URL)
    if DATABASE_URL
    else environment.sqlite(VAR_DIR / "opora.sqlite3")
}

REDIS_URL = environment.text("OPORA_REDIS_URL")
BROKER_URL = environment.text("OPORA_BROKER_URL", REDIS_URL)
RELEASE = environment.release_of(
    BASE_DIR / "templates",
    BASE_DIR / "locale",
    BASE_DIR / "courses" / "templates",
    BASE_DIR / "courses" / "locale",
    VAR_DIR / "static" / "staticfiles.json",
)
# In files by default, because the web server and the worker are two processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"opora.{RELEASE}",
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "KEY_PREFIX": RELEASE,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    # Parts of pages in the memory of each process; their keys hold the generation of the content.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
OPORA_PAGE_CACHE_SECONDS = 600

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    (
        "vendor/golos-text",
        BASE_DIR / "node_modules" / "@fontsource-variable" / "golos-text" / "files",
    ),
    ("vendor/h5p", BASE_DIR / "node_modules" / "h5p-standalone" / "dist"),
    ("vendor/scorm-again", BASE_DIR / "node_modules" / "scorm-again" / "dist" / "esm"),
]
# Without Node there are no fonts of our own, and the system's serve; H5P and SCORM say that they
# have no player.
STATICFILES_DIRS = [(prefix, folder) for prefix, folder in STATICFILES_DIRS if folder.is_dir()]
STATICFILES_FINDERS = [
    "cms.static_files.LoadedFiles",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

S3_BUCKET = environment.text("OPORA_S3_BUCKET")
S3_PUBLIC_URL = environment.text("OPORA_S3_PUBLIC_URL").rstrip("/")
STORAGES = {
    **environment.file_storages(VAR_DIR, MEDIA_ROOT, S3_BUCKET, S3_PUBLIC_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SERVE_MEDIA = environment.flag("OPORA_SERVE_MEDIA", default=False)

# A form is small; files stream past this limit and meet OPORA_UPLOAD_MAX_BYTES instead.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
OPORA_UPLOAD_MAX_BYTES = 20 * 1024 * 1024
OPORA_EDITOR_UPLOAD_MAX_BYTES = 300 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cms.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640

# Background tasks: a durable queue in the database, or Celery when there is a broker

TASKS = {
    "default": {
        "BACKEND": "courses.foundation.celery_backend.CeleryBackend"
        if BROKER_URL
        else "django_tasks_db.DatabaseBackend",
    }
}
OPORA_PERIODIC_TASKS = {
    "publish what is due": ("cms.tasks.publish_scheduled", 60),
    "sweep abandoned tasks": ("cms.tasks.sweep_abandoned_tasks", 600),
    "clear finished tasks": ("cms.tasks.clear_finished_tasks", 24 * 3600),
    "clear old sessions": ("cms.tasks.clear_old_sessions", 24 * 3600),
    "check some learners' progress": ("cms.tasks.check_progress", 24 * 3600),
    "sweep tokens of launches": ("courses.runtimes.tasks.sweep_launches", 24 * 3600),
    "sweep files of packages": ("courses.runtimes.tasks.sweep_packages", 24 * 3600),
}
OPORA_ABANDONED_TASK_SECONDS = 3600

# People

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# A whole class shares one address, so a lock falls on the name and the address together.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_CLIENT_IP_CALLABLE = "cms.sign_in.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
BEHIND_PROXY = environment.flag("OPORA_BEHIND_PROXY", default=False)

# Safety of the browser

SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

_FILES = ["'self'", S3_PUBLIC_URL] if S3_PUBLIC_URL else ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": _FILES,
        "media-src": _FILES,
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# Wagtail's admin carries inline scripts and styles, and shows previews in a frame.
OPORA_ADMIN_SECURITY_POLICY = {
    "frame-ancestors": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": [*_FILES, "data:", "blob:"],
}

# Language and time

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("OPORA_TIME_ZONE", "Europe/Moscow")

# Wagtail

WAGTAIL_SITE_NAME = "Opora"
WAGTAIL_I18N_ENABLED = False
# Editors sign in where everybody does: under the same lock against guessing.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_CONTENT_LANGUAGES = [("ru", "Русский")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский"), ("en", "English")]
WAGTAILADMIN_BASE_URL = SITE_URL
# An address of Cyrillic letters turns into a line of percent signs when it is copied.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# The admin asks no other site for anything.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"),
    *("m4a", "mp3", "mp4", "oga", "ogg", "vtt", "webm"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = OPORA_EDITOR_UPLOAD_MAX_BYTES
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# Logs hold addresses and errors, never names, answers or bodies of requests.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
