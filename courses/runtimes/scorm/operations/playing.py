"""Opening items, and taking what they commit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courses.runtimes.launches.models import Attempt, Launch
from courses.runtimes.launches.operations import take_result
from courses.runtimes.scorm import models
from courses.runtimes.scorm.core import (
    Committed,
    Item,
    ItemKind,
    Manifest,
    Outcome,
    ScoState,
    folded,
    initial_values,
    opened,
    read_commit,
    state_to_json,
)
from courses.runtimes.scorm.errors import BadCommit, ItemLocked, ItemUnknown, StaleCommit
from courses.runtimes.scorm.queries import LeftOff, left_off, manifest_of
from courses.runtimes.scorm.rules import (
    MenuLine,
    item_of_session,
    menu_of,
    new_session,
    result_of,
    without_old_sessions,
)

SESSION_BYTES = 12
REVIEW = "review"
NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """``session`` names this life of the API object, ``values`` are what it is given."""

    item: Item
    session: str
    values: Mapping[str, str]
    menu: list[MenuLine]
    has_moved: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a commit; ``has_moved`` when the attempt's facts are others now."""

    menu: list[MenuLine]
    has_moved: bool


@transaction.atomic
def open_item(*, launch: Launch, item: str, sequencing: str = "", at: datetime) -> OpenedItem:
    """Open the item of that identifier in a new session.

    An asset is done by that. Of a preview nothing is kept, and all items are open in it; where it
    shows somebody's attempt, the item finds what was left there.

    Raises:
        ContentMissing, ItemUnknown, ItemLocked: see each.
    """
    manifest = manifest_of(launch)
    found = manifest.item(item)
    if found is None:
        raise ItemUnknown
    attempt = _locked(launch)
    left = left_off(attempt or launch.shown)
    menu = menu_of(manifest, left.states, all_open=attempt is None)
    if not any(line.is_open for line in menu if line.item is found):
        raise ItemLocked
    session = new_session(manifest, found, secrets.token_urlsafe(SESSION_BYTES))
    state = opened(
        left.states.get(item, ScoState()), session=session, item=found, version=manifest.version
    )
    values = initial_values(
        manifest,
        found,
        state,
        learner_id=str(attempt.learner_key) if attempt is not None else "preview",
        mode=REVIEW if launch.shown is not None else NORMAL,
    )
    has_moved = False
    if attempt is not None:
        _keep(attempt, left, found, state, sequencing, at)
        is_done_by_that = found.kind is ItemKind.ASSET
        has_moved = _report(launch, attempt, manifest, left, has_left=is_done_by_that, at=at)
    else:
        left.states[item] = state
    menu = menu_of(manifest, left.states, all_open=attempt is None)
    return OpenedItem(found, session, values, menu, has_moved)


@transaction.atomic
def take_commit(
    *, launch: Launch, session: str, data: object, sequencing: str = "", at: datetime
) -> Taken:
    """Take what an API object has committed in its ``session``; twice the same is taken once.

    ``data`` is its JSON, ``sequencing`` the state of the sequencer beside it.

    Raises:
        ContentMissing, StaleCommit: see each.
        BadCommit: there is no such session in the package, or the commit has no number.
    """
    manifest = manifest_of(launch)
    item = item_of_session(manifest, session)
    if item is None:
        raise BadCommit
    committed = read_commit(manifest.version, data)
    attempt = _locked(launch)
    if attempt is None:
        return _previewed(manifest, item, committed, session)
    left = left_off(attempt)
    known = left.states.get(item.identifier, ScoState())
    if session not in known.sessions:
        raise StaleCommit
    after = folded(known, committed, session=session, item=item)
    if after.outcome is Outcome.UNNUMBERED:
        raise BadCommit
    if after.outcome is Outcome.STALE:
        raise StaleCommit
    has_moved = False
    if after.outcome is Outcome.TAKEN:
        _keep(attempt, left, item, after.state, sequencing, at)
        has_moved = _report(launch, attempt, manifest, left, has_left=committed.is_last, at=at)
    return Taken(menu_of(manifest, left.states), has_moved)


def _previewed(manifest: Manifest, item: Item, committed: Committed, session: str) -> Taken:
    """How the item would stand; every commit is a snapshot, so one alone is enough."""
    state = opened(ScoState(), session=session, item=item, version=manifest.version)
    after = folded(state, committed, session=session, item=item)
    if after.outcome is not Outcome.TAKEN:
        raise BadCommit
    menu = menu_of(manifest, {item.identifier: after.state}, all_open=True)
    return Taken([line for line in menu if line.item is item], has_moved=False)


def _locked(launch: Launch) -> Attempt | None:
    """The launch's attempt, locked in the order in which results lock all attempts of a step."""
    if launch.attempt is None:
        return None
    of_step = Attempt.objects.filter(place=launch.attempt.place, step=launch.attempt.step)
    attempts = {attempt.pk: attempt for attempt in of_step.order_by("number").lock()}
    return attempts[launch.attempt.pk]


def _keep(
    attempt: Attempt, left: LeftOff, item: Item, state: ScoState, sequencing: str, at: datetime
) -> None:
    left.states[item.identifier] = state = without_old_sessions(state)
    row = models.ScoState(
        attempt=attempt, item=item.identifier, state=state_to_json(state), saved_at=at
    )
    models.ScoState.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["attempt", "item"],
        update_fields=["state", "saved_at"],
    )
    if sequencing and sequencing != left.sequencing:
        models.SequencingState.objects.update_or_create(
            attempt=attempt, defaults={"state": sequencing, "saved_at": at}
        )


def _report(
    launch: Launch,
    attempt: Attempt,
    manifest: Manifest,
    left: LeftOff,
    *,
    has_left: bool,
    at: datetime,
) -> bool:
    """Tell what the package comes to; whether that has changed the attempt's facts."""
    result = result_of(manifest, left.states, has_left=has_left)
    after = take_result(launch=launch, run=attempt.uid, result=result, at=at)
    return after is not None and after.moves != attempt.moves
