"""The core of SCORM 1.2 and 2004 in pure Python: no Django, no requests, no clock.

A SCORM package is a zip of web pages with a table of contents, ``imsmanifest.xml``. Its items are
**SCOs** (pages that talk to a learning system through a JavaScript object) or **assets** (pages
that do not). In the browser that object is scorm-again; it sends what a SCO has said in
**commits**. Everything that we must know or decide about it is here:

1. :func:`read_manifest` reads a package through a :class:`Files` and returns a :class:`Reading`:
   the :class:`Manifest`, or ``None``, with every :class:`Problem` at once. ``manifest_to_json`` and
   ``manifest_from_json`` keep it. :func:`sequencing_settings` is what scorm-again wants of it.
2. :func:`read_commit` turns the JSON of a commit into a :class:`Committed`: typed values, and what
   was rejected, with the error code of the standard. :func:`judge_set` and :func:`judge_get` judge
   one element (the table is :func:`elements_of`).
3. :func:`opened` and :func:`folded` move the :class:`ScoState` of an item: what the learner has
   reached there and what the SCO wants back. :func:`initial_values` is what it gets at its next
   launch. :func:`rolled_up` makes :class:`Facts` of a package out of the states of its items,
   :func:`open_items` says which items may be opened. ``state_to_json`` and ``state_from_json``.

A door keeps one state per attempt and item, and calls, in this order::

    state = opened(state, session=key, item=item, version=manifest.version)   # at every launch
    values = initial_values(manifest, item, state)          # → api.loadFromFlattenedJSON(values)
    committed = read_commit(manifest.version, json)         # at every commit
    result = folded(state, committed, session=key, item=item)   # → result.state, result.outcome
    facts = rolled_up(manifest, {identifier: state, …})

``session`` names one life of the API object in the browser for one item (scorm-again counts its
commits from 1 in it); the server makes the name and opens it once. The settings of scorm-again
that this rests on: ``includeCommitSequence: true``, ``terminateCommitPayloadField: LAST``,
``sendFullCommit: true``, ``dataCommitFormat: "flattened"`` or ``"json"``.
"""

from courses.runtimes.scorm.core.commits import LAST, Committed, read_commit
from courses.runtimes.scorm.core.elements import Access, DataType, Element
from courses.runtimes.scorm.core.files import Files
from courses.runtimes.scorm.core.judging import (
    Accepted,
    Rejection,
    elements_of,
    judge_get,
    judge_set,
)
from courses.runtimes.scorm.core.launching import initial_values
from courses.runtimes.scorm.core.manifest import (
    CompletionThreshold,
    Item,
    ItemKind,
    Manifest,
    Objective,
    Organization,
    Version,
)
from courses.runtimes.scorm.core.prerequisites import open_items
from courses.runtimes.scorm.core.problems import Code, Problem
from courses.runtimes.scorm.core.reading import Reading, read_manifest
from courses.runtimes.scorm.core.rollup import Facts, rolled_up
from courses.runtimes.scorm.core.rows import InteractionRow, ObjectiveRow
from courses.runtimes.scorm.core.scores import Points, Score
from courses.runtimes.scorm.core.sequencing import sequencing_settings
from courses.runtimes.scorm.core.state import (
    Folded,
    Judgement,
    Outcome,
    ScoState,
    Session,
    folded,
    opened,
)
from courses.runtimes.scorm.core.storing import (
    manifest_from_json,
    manifest_to_json,
    state_from_json,
    state_to_json,
)

__all__ = [
    "LAST",
    "Accepted",
    "Access",
    "Code",
    "Committed",
    "CompletionThreshold",
    "DataType",
    "Element",
    "Facts",
    "Files",
    "Folded",
    "InteractionRow",
    "Item",
    "ItemKind",
    "Judgement",
    "Manifest",
    "Objective",
    "ObjectiveRow",
    "Organization",
    "Outcome",
    "Points",
    "Problem",
    "Reading",
    "Rejection",
    "ScoState",
    "Score",
    "Session",
    "Version",
    "elements_of",
    "folded",
    "initial_values",
    "judge_get",
    "judge_set",
    "manifest_from_json",
    "manifest_to_json",
    "open_items",
    "opened",
    "read_commit",
    "read_manifest",
    "rolled_up",
    "sequencing_settings",
    "state_from_json",
    "state_to_json",
]
