from django.apps import AppConfig
from django.conf import settings


class SiteConfig(AppConfig):
    """The site itself: its start-up checks and background tasks."""

    name = "cms"
    label = "opora_site"

    def ready(self) -> None:
        """Register the checks."""
        from cms import checks  # noqa: F401 - they register themselves

        if settings.BROKER_URL:
            from cms import celery  # noqa: F401  tasks are sent through this application
