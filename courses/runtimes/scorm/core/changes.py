"""What a commit changes, as against what it only repeats.

Every commit is a snapshot. A page that was left open repeats in it what it knew long ago; taken by
the letter it would undo what another page has done since. So a session remembers digests of what it
was given and has told, and only what differs from them is taken.
"""

from collections.abc import Mapping
from hashlib import blake2s

from courses.runtimes.scorm.core.judging import elements_of
from courses.runtimes.scorm.core.manifest import Version

_NOT_KEPT = frozenset(
    {"cmi.core.session_time", "cmi.core.exit", "cmi.session_time", "cmi.exit", "adl.nav.request"}
)
_COLLECTIONS = frozenset({"interactions", "objectives", "comments_from_learner", "data"})


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """Digests by element; by collection, such as ``interactions``, and in the first two of them by
    row too: ``interactions:q1``, where ``q1`` is the row's id."""
    ids = {
        name.removesuffix(".id"): text
        for name, text in texts.items()
        if name.endswith(".id") and name.count(".") == 3
    }
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, text in texts.items():
        collection = collection_of(name)
        if name in _NOT_KEPT:
            continue
        if collection is None:
            groups[name] = [("", text)]
            continue
        groups.setdefault(collection, []).append((name, text))
        row, _, rest = _split(name)
        if row in ids:
            groups.setdefault(f"{collection}:{ids[row]}", []).append((rest, text))
    return {key: _digest(pairs) for key, pairs in groups.items()}


def changed(texts: Mapping[str, str], seen: Mapping[str, str], version: Version) -> set[str]:
    """The keys of :func:`digests` under which ``texts`` say something new.

    An element that the session never had is new only with a value other than its default.
    """
    table = elements_of(version)
    return {
        key
        for key, digest in digests(texts).items()
        if seen.get(key) != digest
        and not (key not in seen and key in table and texts[key] in ("", table[key].default))
    }


def with_changes(
    values: Mapping[str, str], texts: Mapping[str, str], fresh: set[str]
) -> dict[str, str]:
    """The kept ``values`` after the new ones among ``texts``; a collection changes as a whole."""
    kept = {name: text for name, text in values.items() if collection_of(name) not in fresh}
    return kept | {
        name: text
        for name, text in texts.items()
        if name not in _NOT_KEPT and (collection_of(name) or name) in fresh
    }


def collection_of(name: str) -> str | None:
    """The collection that an element is in a row of."""
    parts = name.split(".", 3)
    return parts[1] if len(parts) == 4 and parts[1] in _COLLECTIONS else None


def _split(name: str) -> tuple[str, str, str]:
    parts = name.split(".", 3)
    return ".".join(parts[:3]), ".", parts[3]


def _digest(pairs: list[tuple[str, str]]) -> str:
    text = repr(sorted(pairs)).encode("utf-8", "replace")
    return blake2s(text, digest_size=6).hexdigest()
