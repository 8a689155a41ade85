"""How kept files and sets of them are named: by the hash of what they are."""

import hashlib
import json
from collections.abc import Mapping, Sequence


def blob_path(sha256: str) -> str:
    """Where storage keeps the content of that hash: ``packages/blobs/ab/abcd…``."""
    return f"packages/blobs/{sha256[:2]}/{sha256}"


def tree_digest(files: Mapping[str, Sequence[str | int]]) -> str:
    """The name of a set of files ``{path: [sha256, size]}``; their order does not matter."""
    canonical = json.dumps(dict(files), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
