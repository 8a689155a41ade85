"""Games of the demonstration as H5P packages, made from the sources beside this file."""

import io
import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from courses.runtimes.h5p.core import LibraryName, OutgoingFile, write_package

HERE = Path(__file__).parent
LIBRARIES = HERE / "libraries"
GAMES = ("sort_cards", "password_builder")
KIT = LibraryName("Opora.Kit", 1, 0)


def game_package(name: str) -> bytes:
    """The ``.h5p`` archive of one of :data:`GAMES`, with its libraries; always the same bytes."""
    game = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    main = LibraryName.parse(game["main"])
    if main is None:
        raise ValueError(f"no name of a library: {game['main']}")
    out = io.BytesIO()
    write_package(
        out,
        title=game["title"],
        language=game["language"],
        main=main,
        dependencies=[KIT],
        params=game["params"],
        libraries=library_files([LIBRARIES / one.folder for one in (KIT, main)]),
    )
    return out.getvalue()


def library_files(folders: Iterable[Path]) -> list[OutgoingFile]:
    """The files of libraries in these folders, each path starting with its folder."""
    return [
        OutgoingFile(path.relative_to(folder.parent).as_posix(), partial(_opened, path))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
