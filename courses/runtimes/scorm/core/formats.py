"""The data types of both standards: text in, value out, ``None`` for what is not of the type.

Spans of time come out as whole hundredths of a second. Numbers are bounded in digits, so that no
text can make a number that costs anything.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

HUNDREDTHS = 100
MOST_HUNDREDTHS = 10_000 * 3600 * HUNDREDTHS - 1
"""9999:59:59.99, the longest span of 1.2; longer ones are taken for it."""

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
_SPAN_12 = re.compile(r"([0-9]{2,6}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,2}))?")
_TIME_12 = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.[0-9]{1,2})?")
_SPAN_2004 = re.compile(
    r"P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\.([0-9]{1,2}))?S)?)?"
)
_TIME_2004 = re.compile(
    r"((?:19[7-9]|20[0-2])[0-9]|203[0-8])(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01])"
    r"(?:T([01][0-9]|2[0-3])(?::([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,2})"
    r"(Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?)?)?)?)?)?)?"
)
_SECONDS = {"year": 365 * 86400, "month": 30 * 86400, "day": 86400, "hour": 3600, "minute": 60}


def decimal_of(text: str) -> Decimal | None:
    """A decimal number with a point; a comma is not one."""
    text = text.strip()
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def integer_of(text: str) -> Decimal | None:
    """A whole number with or without a sign."""
    return Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None


def span_12(text: str) -> int | None:
    """``HHHH:MM:SS.SS`` of 1.2. Real packages write minutes above 59 too: they count as said."""
    match = _SPAN_12.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups()[:3])
    whole = (hours * 3600 + minutes * 60 + seconds) * HUNDREDTHS
    return min(whole + _fraction(match[4]), MOST_HUNDREDTHS)


def span_2004(text: str) -> int | None:
    """``PnYnMnDTnHnMn.nnS`` of ISO 8601; a year counts 365 days and a month 30."""
    match = _SPAN_2004.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    numbers = [int(part or 0) for part in match.groups()[:6]]
    factors = (*_SECONDS.values(), 1)
    whole = sum(number * factor for number, factor in zip(numbers, factors, strict=True))
    return min(whole * HUNDREDTHS + _fraction(match[7]), MOST_HUNDREDTHS)


def _fraction(digits: str | None) -> int:
    return int(f"{digits or '0':0<2}")


def written_12(hundredths: int) -> str:
    """The span as 1.2 writes it."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    text = f"{whole // 3600:04d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{text}.{rest:02d}" if rest else text


def written_2004(hundredths: int) -> str:
    """The span as 2004 writes it, in hours, minutes and seconds."""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    seconds = f"{whole % 60}.{rest:02d}" if rest else f"{whole % 60}"
    return f"PT{whole // 3600}H{whole // 60 % 60}M{seconds}S"


def time_12(text: str) -> str | None:
    """A time of day, ``HH:MM:SS.SS``."""
    return text if _TIME_12.fullmatch(text) else None


def time_2004(text: str) -> str | None:
    """A moment from ``YYYY`` to ``YYYY-MM-DDThh:mm:ss.s`` with a zone, between 1970 and 2038.

    The standard allows a zone only behind a fraction of a second; many packages write
    ``…:05Z``, which is taken for what it means.
    """
    plain = re.sub(r"(T[0-9]{2}:[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(?::?[0-9]{2})?)$", r"\1", text)
    plain = re.sub(r"(\.[0-9]{1,2})[0-9]{1,7}(?=Z|[+-]|$)", r"\1", plain)
    match = _TIME_2004.fullmatch(plain)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups()[:3])
    try:
        date(year, month, day)
    except ValueError:
        return None
    return text


# Identifiers.

_SHORT_IDENTIFIER = re.compile(r"[\w.!~*'()%;/?:@&=+$,#\[\]-]+")
_IDENTIFIER_12 = re.compile(r"[\x21-\x7e]+")
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[ix])(?:-[A-Za-z0-9]{1,8})*")
_URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:\S+", re.IGNORECASE)


def identifier_12(text: str) -> str | None:
    """Up to 255 signs. 1.2 asks for letters, digits, ``-`` and ``_``; packages write any ASCII.

    Spaces inside are let pass for the same reason, and letters of other scripts.
    """
    if not 0 < len(text) <= 255 or not text.strip():
        return None
    printable = all(sign.isprintable() for sign in text)
    return text if _IDENTIFIER_12.fullmatch(text) or printable else None


def short_identifier(text: str) -> str | None:
    """Up to 250 signs of a URI; letters of other scripts as an IRI has them."""
    return text if len(text) <= 250 and _SHORT_IDENTIFIER.fullmatch(text) else None


def long_identifier(text: str) -> str | None:
    """Up to 4,000 signs of a URI or URN; not blank."""
    if not 0 < len(text) <= 4000 or not text.strip():
        return None
    if text.casefold().startswith("urn:") and not _URN.fullmatch(text):
        return None
    return text if all(sign.isprintable() for sign in text) else None


def language(text: str) -> str | None:
    """A language code such as ``ru`` or ``en-US``; "" for none."""
    return text if len(text) <= 250 and (not text or _LANGUAGE.fullmatch(text)) else None


# What types are made of.

Reader = Callable[[str], str | int | Decimal | None]


def string(most: int) -> Reader:
    """Any text of at most ``most`` characters."""
    return lambda text: text if len(text) <= most else None


def word(*words: str) -> Reader:
    """One of the ``words``."""
    allowed = frozenset(words)
    return lambda text: text if text in allowed else None


def localized(most: int) -> Reader:
    """Text of at most ``most`` characters behind an optional ``{lang=…}``."""

    def read(text: str) -> str | None:
        match = re.match(r"\{lang=([^}]*)\}", text)
        if match and language(match[1]) is None:
            return None
        return text if len(text) - (match.end() if match else 0) <= most else None

    return read
