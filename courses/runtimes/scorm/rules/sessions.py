"""Sessions: lives of the API object in a browser, named by the server."""

from dataclasses import replace

from courses.runtimes.scorm.core import Item, Manifest, ScoState
from courses.runtimes.scorm.core.state import Session

MOST_SESSIONS = 30
"""Of one item; the time of older ones is kept, what they commit comes too late."""
EARLIER = ""
"""The name of the session that holds the time of all that were dropped."""


def new_session(manifest: Manifest, item: Item, random: str) -> str:
    """A name that says which item it is of."""
    return f"{manifest.launchable.index(item)}-{random}"


def item_of_session(manifest: Manifest, session: str) -> Item | None:
    """The item that the session is of, if it can be one of this package."""
    number = session.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        return None
    launchable = manifest.launchable
    return launchable[int(number)] if int(number) < len(launchable) else None


def without_old_sessions(state: ScoState) -> ScoState:
    """The state with at most :data:`MOST_SESSIONS`: whoever opens an item all day fills no disk."""
    if len(state.sessions) <= MOST_SESSIONS:
        return state
    names = [name for name in state.sessions if name != EARLIER]
    old, kept = names[: 1 - MOST_SESSIONS], names[1 - MOST_SESSIONS :]
    gone = [*old, *([EARLIER] if EARLIER in state.sessions else [])]
    spent = sum(state.sessions[name].hundredths for name in gone)
    sessions = {EARLIER: Session(hundredths=spent), **{n: state.sessions[n] for n in kept}}
    return replace(state, sessions=sessions)
