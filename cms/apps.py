from django.apps import AppConfig
from django.conf import settings


class SiteConfig(AppConfig):
    """The site itself: its start-up checks, background tasks and page cache."""

    name = "cms"
    label = "opora_site"

    def ready(self) -> None:
        """Register the checks and listen to Wagtail's signals."""
        from cms import checks, receivers  # noqa: F401 - both register themselves

        receivers.connect()
        if settings.BROKER_URL:
            from cms import celery  # noqa: F401  tasks are sent through this application
