"""The files of a content's libraries as two: one of scripts, one of styles."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from courses.runtimes.h5p.core import LibraryName, resolve
from courses.runtimes.h5p.core.dependencies import Asset
from courses.runtimes.h5p.models import H5PContent, JoinedFiles, Library
from courses.runtimes.h5p.queries import address_of, as_core, name_of
from courses.runtimes.h5p.rules import joined_scripts, joined_styles
from courses.runtimes.packages.models import Tree
from courses.runtimes.packages.operations import keep_tree
from courses.runtimes.packages.queries import open_file

SCRIPTS = "scripts.js"
STYLES = "styles.css"
SMALL = 4_000
"""Bytes: a picture up to this size goes into the styles; all of them are 40 kB at most, as seen."""
METHOD = 1
"""Raise it where the rules of joining change: what was joined before is then made anew."""
UNUSED_FOR = timedelta(days=1)
"""Longer than a page that has begun to load an old one stays open without asking for it."""


def joined_files(*, content: H5PContent, at: datetime) -> JoinedFiles:
    """The joined files of all libraries that ``content`` loads.

    Made when the first content asks for this set of libraries, and again when one of them has
    changed, or the addresses of their files have. Call it outside of a transaction.
    """
    rows = [
        use.library
        for use in content.uses.select_related("library").defer(
            "library__semantics", "library__manifest"
        )
    ]
    key = _key(rows)
    if content.joined is not None and content.joined.key == key:
        return content.joined
    joined = JoinedFiles.objects.filter(pk=key).first() or _make(content, key, at)
    H5PContent.objects.filter(pk=content.pk).update(joined=joined)
    content.joined = joined
    JoinedFiles.objects.filter(contents=None, made_at__lt=at - UNUSED_FOR).delete()
    return joined


def _key(rows: list[Library]) -> str:
    parts = [[str(name_of(row)), row.tree_id, address_of(row)] for row in rows]
    return hashlib.sha256(json.dumps([METHOD, parts]).encode()).hexdigest()


def _make(content: H5PContent, key: str, at: datetime) -> JoinedFiles:
    used = Library.objects.filter(uses__content=content).select_related("tree")
    rows = {name_of(row): row for row in used}
    libraries = {name: as_core(row) for name, row in rows.items()}
    resolution = resolve(name_of(content.main_library), content.params, libraries)
    scripts = joined_scripts(
        (address_of(rows[asset.library], asset.path), text)
        for asset, text in _texts(resolution.scripts, rows)
    )
    styles = joined_styles(
        (
            (asset.library.folder, asset.path, text)
            for asset, text in _texts(resolution.styles, rows)
        ),
        {name.folder: address_of(row) for name, row in rows.items()},
        partial(_small, {name.folder: row.tree for name, row in rows.items()}),
    )
    tree = keep_tree(
        files=[
            (SCRIPTS, io.BytesIO(scripts.encode())),
            (STYLES, io.BytesIO(styles.encode())),
        ]
    )
    joined, _is_new = JoinedFiles.objects.get_or_create(
        key=key, defaults={"tree": tree, "made_at": at}
    )
    return joined


def _texts(
    assets: tuple[Asset, ...], rows: Mapping[LibraryName, Library]
) -> Iterator[tuple[Asset, str]]:
    for asset in assets:
        tree: Tree = rows[asset.library].tree
        if asset.path in tree.files:
            with open_file(tree, asset.path) as file:
                yield asset, file.read().decode("utf-8-sig", "replace")


def _small(trees: Mapping[str, Tree], folder: str, path: str) -> bytes | None:
    if trees[folder].files.get(path, ["", SMALL + 1])[1] > SMALL:
        return None
    with open_file(trees[folder], path) as file:
        return file.read()
