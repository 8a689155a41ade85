"""What the page of a frame holds: the object that H5P core reads, and what the bridge needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courses.runtimes.h5p.core import Addresses, Display, Frame, Library, build_integration

CONTENT_ID = "1"
"""A frame plays one content, and core wants a number for it."""
SAVES_EVERY = 10
"""Seconds between core's own savings of a state that has changed."""
NEVER = 24 * 3600
"""Seconds: core passes a state on only where it also saves, so a shown one saves late."""


@dataclass(frozen=True, slots=True)
class Playing:
    """One opening of a frame.

    ``report`` and ``state`` are where results and states go; empty where nothing is kept. ``run``
    names the playing that the attempt has seen last, ``has_ended`` where that one finished it.
    ``states`` are what was left off, by part and name.
    """

    main: Library
    params: Mapping[str, Any]
    metadata: Mapping[str, Any]
    addresses: Addresses
    content_hash: str
    language: str
    site: str
    states: Mapping[str, Mapping[str, str]]
    report: str = ""
    state: str = ""
    run: str = ""
    has_ended: bool = False


def frame_data(playing: Playing) -> dict[str, Any]:
    """``{"integration": …, "bridge": …}``; where it goes into a page, escape it."""
    saves = SAVES_EVERY if playing.state else NEVER if playing.states else None
    frame = Frame(
        content_id=CONTENT_ID,
        main=playing.main,
        params=playing.params,
        metadata=playing.metadata,
        addresses=playing.addresses,
        states=playing.states,
        save_seconds=saves,
        display=Display(copyright=True),
        language=playing.language,
        content_hash=playing.content_hash,
        has_fullscreen=True,
    )
    return {
        "integration": build_integration(frame),
        "bridge": {
            "site": playing.site,
            "report": playing.report,
            "state": playing.state,
            "run": playing.run,
            "ended": playing.has_ended,
            "resumed": bool(playing.states),
        },
    }
