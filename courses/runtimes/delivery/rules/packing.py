"""Compressing what is sent: Brotli where the site has it, gzip everywhere."""

import gzip

try:
    import brotli
except ModuleNotFoundError:
    brotli = None

BROTLI, GZIP = "br", "gzip"
OFFERED = (BROTLI, GZIP) if brotli else (GZIP,)
"""By preference; each content is compressed once, so the best that still is quick."""
BROTLI_QUALITY = 9
GZIP_LEVEL = 9


def chosen_encoding(accepted: str) -> str | None:
    """The best encoding that the header ``Accept-Encoding`` allows (RFC 9110, 12.5.3).

    ``None`` to send the content as it is. A browser's ``*`` is not taken up: none sends it.
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = parameter.replace(" ", "") or "q=1"
    refused = {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in OFFERED if weights.get(name, "q=0") not in refused), None)


def packed(content: bytes, encoding: str) -> bytes:
    """The content in one of the encodings that are :data:`OFFERED`; the same each time."""
    if encoding == BROTLI:
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    return gzip.compress(content, GZIP_LEVEL, mtime=0)
