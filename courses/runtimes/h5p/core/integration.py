"""``H5PIntegration``: the one object through which H5P core (JavaScript) learns about its page.

The keys are those that the player of core 1.28 reads; a test holds them against its bundle. Two are
for other builds of it: ``jsonContentHash``, which comes back with saved states, and ``baseUrl``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.runtimes.h5p.core.libraries import Library
from courses.runtimes.h5p.core.strings import core_strings

NOBODY = {"name": "learner", "mail": "learner@localhost.invalid"}
"""Core saves states for a known user only, and puts this into statements: it is nobody."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the frame finds things; without a slash at the end, on the frame's own origin.

    ``activity`` is the id of the xAPI object, an IRI that stays the same for the content: it need
    not answer. ``libraries`` is the folder that ``library_folders`` (name as ``H5P.Blanks-1.14`` to
    path) are relative to; left empty, folders are called like the libraries. ``finished`` and
    ``state`` are called by core itself unless a bridge stands in for them; ``state`` has the places
    ``:contentId``, ``:dataType`` and ``:subContentId``.
    """

    base: str
    content: str
    libraries: str
    activity: str
    site: str
    library_folders: Mapping[str, str] = field(default_factory=dict)
    finished: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Display:
    """Buttons below the content; all off, and there is no frame for them."""

    export: bool = False
    embed: bool = False
    copyright: bool = False
    about: bool = False

    def as_options(self) -> dict[str, bool]:
        buttons = {"export": self.export, "embed": self.embed, "copyright": self.copyright}
        return {
            "frame": any((*buttons.values(), self.about)),
            **buttons,
            "icon": self.about,
            "copy": False,
        }


@dataclass(frozen=True, slots=True)
class Frame:
    """One content in its frame.

    ``params`` have passed the filter. ``scripts`` and ``styles`` are addresses of what the frame
    page loads beside core, so that core never loads them again. ``states`` are what was saved, by
    sub-content id (``"0"`` for the whole) and data id, each the JSON text that core has sent.
    ``save_seconds`` is how often core saves by itself; ``None`` for a play that is not kept.
    ``density`` is how tight core's theme sets content: ``large``, ``medium``, ``small``.
    """

    content_id: str
    main: Library
    params: Mapping[str, Any]
    metadata: Mapping[str, Any]
    addresses: Addresses
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    states: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    save_seconds: int | None = 10
    display: Display = Display()
    language: str = "en"
    content_hash: str = ""
    library_config: Mapping[str, Any] = field(default_factory=dict)
    has_fullscreen: bool = False
    density: str = "large"


def build_integration(frame: Frame) -> dict[str, Any]:
    """The value of ``window.H5PIntegration``, ready for JSON; escape it on the way into a page."""
    addresses = frame.addresses
    return {
        "baseUrl": addresses.site,
        "siteUrl": addresses.site,
        "url": addresses.base,
        "urlLibraries": addresses.libraries,
        "libraryDirectories": dict(addresses.library_folders),
        "postUserStatistics": bool(addresses.finished),
        "ajax": {"setFinished": addresses.finished, "contentUserData": addresses.state},
        "saveFreq": frame.save_seconds if frame.save_seconds else False,
        "user": dict(NOBODY),
        "l10n": {"H5P": core_strings(frame.language)},
        "fullscreenDisabled": 0 if frame.has_fullscreen else 1,
        "libraryConfig": dict(frame.library_config),
        "theme": {"density": frame.density},
        "core": {"scripts": [], "styles": []},
        "loadedJs": list(frame.scripts),
        "loadedCss": list(frame.styles),
        "contents": {f"cid-{frame.content_id}": _content(frame)},
    }


def _content(frame: Frame) -> dict[str, Any]:
    return {
        "library": str(frame.main.name),
        "jsonContent": json.dumps(frame.params, ensure_ascii=False),
        "jsonContentHash": frame.content_hash,
        "fullScreen": "1" if frame.main.has_fullscreen and frame.has_fullscreen else "0",
        "exportUrl": "",
        "embedCode": "",
        "resizeCode": "",
        "url": frame.addresses.activity,
        "contentUrl": frame.addresses.content,
        "metadata": dict(frame.metadata),
        "displayOptions": frame.display.as_options(),
        "contentUserData": _states(frame),
        "scripts": list(frame.scripts),
        "styles": list(frame.styles),
    }


def _states(frame: Frame) -> list[dict[str, str]] | dict[str, dict[str, str]]:
    """``[{"state": "…"}]`` for the whole alone; by sub-content id where parts have states too.

    The whole always has a ``state``, so that core does not ask the server for one: ``"{}"`` would
    be a state of its own to some types, ``"false"`` says that there is none.
    """
    whole = {"state": "false", **frame.states.get("0", {})}
    parts = {key: dict(value) for key, value in frame.states.items() if key != "0"}
    return {"0": whole, **parts} if parts else [whole]
