from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursePagesConfig(AppConfig):
    name = "courses.pages"
    label = "opora_pages"
    verbose_name = _("Course pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.pages import receivers

        receivers.connect()
