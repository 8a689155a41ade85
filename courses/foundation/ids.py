"""Random identifiers for addresses: nobody can guess a neighbour's."""

import secrets

PUBLIC_ID_LENGTH = 16


def public_id() -> str:
    """A random identifier of 16 URL-safe characters (96 bits), e.g. ``"mX0v2c-7QeZk9Tb1"``."""
    return secrets.token_urlsafe(12)
