"""Keys of assets: the digest of a set of files, and a signature that only the server can make.

Whoever has the same file knows its digest; without the signature they learn nothing from it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

PURPOSE = b"opora.asset-key"
DIGEST_BYTES = 32
SIGNATURE_BYTES = 16
"""128 bits: more than can be guessed at the pace of a web server."""
DIGEST_LETTERS = 43


def asset_key(digest: str, secret: str) -> str:
    """65 URL-safe letters for ``digest``, which is a sha256 in hexadecimal.

    Raises:
        ValueError: ``digest`` is none.
    """
    raw = bytes.fromhex(digest)
    if len(raw) != DIGEST_BYTES:
        raise ValueError("not a sha256")
    own_secret = hmac.digest(secret.encode(), PURPOSE, hashlib.sha256)
    signature = hmac.digest(own_secret, raw, hashlib.sha256)[:SIGNATURE_BYTES]
    return _letters(raw) + _letters(signature)


def digest_in(key: str, secrets: Iterable[str]) -> str | None:
    """The digest in a key that was made with one of ``secrets``; ``None`` for any other text."""
    try:
        key.encode("ascii")
        digest = urlsafe_b64decode(key[:DIGEST_LETTERS] + "=").hex()
        known = [asset_key(digest, secret) for secret in secrets]
    except ValueError:
        return None
    return digest if any(hmac.compare_digest(key, one) for one in known) else None


def _letters(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
