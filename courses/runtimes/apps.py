from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RuntimesConfig(AppConfig):
    name = "courses.runtimes"
    label = "opora_runtimes"
    verbose_name = _("Interactive content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.runtimes import checks  # noqa: F401 - registers itself
