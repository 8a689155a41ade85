"""Start-up checks: what would be unsafe is said in a sentence before the first request."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


@register(Tags.security)
def demo_is_for_demonstrations(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """Demo mode prints passwords that everybody knows: never with production settings."""
    if app_configs is None and settings.OPORA_DEMO and settings.OPORA_PRODUCTION:
        return [
            Error(
                "OPORA_DEMO is on with production settings.",
                hint="Unset OPORA_DEMO, or run the demonstration with `make run`.",
                id="opora_site.E001",
            )
        ]
    return []


def refuse_demo_accounts() -> None:
    """Stop a production process that would serve accounts with well-known passwords.

    Raises:
        ImproperlyConfigured: demo accounts exist and the settings are for production.
    """
    if not settings.OPORA_PRODUCTION:
        return
    try:
        count = get_user_model().objects.filter(is_demo=True, is_active=True).count()
    except DatabaseError:
        return  # no tables yet: nobody can sign in
    if count:
        raise ImproperlyConfigured(
            f"{count} demo accounts with well-known passwords are in this database. "
            "Close them with `manage.py close_demo_accounts`, or start from an empty database."
        )
