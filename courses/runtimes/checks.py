"""Start-up checks: packages must not play where they can do harm."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from courses.runtimes.delivery.queries import faults_of_origin
from courses.runtimes.delivery.rules import OriginFault

MIDDLEWARE = "courses.runtimes.delivery.middleware.ContentOriginMiddleware"

Said = tuple[type[CheckMessage], str, str, str]

SAID: dict[OriginFault, Said] = {
    OriginFault.UNSET: (
        Error,
        "opora_runtimes.E001",
        "OPORA_CONTENT_ORIGIN is not set.",
        "Give this server a second address on a domain of its own, such as "
        "https://content.example, and name it there: packages play on it.",
    ),
    OriginFault.NOT_AN_ORIGIN: (
        Error,
        "opora_runtimes.E002",
        "OPORA_CONTENT_ORIGIN is not an origin.",
        "Write scheme and host name alone, such as https://content.example.",
    ),
    OriginFault.OWN_HOST: (
        Error,
        "opora_runtimes.E003",
        "OPORA_CONTENT_ORIGIN is on the site's own host name.",
        "Packages are other people's scripts: on the site's host they would act as whoever "
        "looks at them. Use another domain.",
    ),
    OriginFault.NOT_SECURE: (
        Error,
        "opora_runtimes.E004",
        "OPORA_CONTENT_ORIGIN is http while the site is https.",
        "Browsers load no such frame. Serve it over https.",
    ),
    OriginFault.NOT_ALLOWED: (
        Error,
        "opora_runtimes.E005",
        "The host name of OPORA_CONTENT_ORIGIN is not in ALLOWED_HOSTS.",
        "Add it there.",
    ),
    OriginFault.KINDRED: (
        Warning,
        "opora_runtimes.W001",
        "OPORA_CONTENT_ORIGIN and the site are on one domain.",
        "Browsers take both for the same site. A domain of its own keeps packages further away.",
    ),
}


@register(Tags.security)
def packages_play_elsewhere(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **_kwargs: Any,
) -> list[CheckMessage]:
    """The content origin is a foreign one, and requests to it are told apart."""
    found: list[CheckMessage] = []
    for fault in faults_of_origin():
        kind, number, sentence, hint = SAID[fault]
        if fault is OriginFault.UNSET and settings.DEBUG:
            kind = Warning
        found.append(kind(sentence, hint=hint, id=number))  # type: ignore[arg-type, call-arg]
    if OriginFault.UNSET not in faults_of_origin() and MIDDLEWARE not in settings.MIDDLEWARE:
        found.append(
            Error(
                "Requests to OPORA_CONTENT_ORIGIN are not told apart from the site's.",
                hint=f"Put {MIDDLEWARE!r} into MIDDLEWARE, right after SecurityMiddleware.",
                id="opora_runtimes.E006",
            )
        )
    return found
