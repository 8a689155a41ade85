"""What a SCO is given at its launch."""

from courses.runtimes.scorm.core.formats import written_12, written_2004
from courses.runtimes.scorm.core.manifest import Item, Manifest
from courses.runtimes.scorm.core.state import ScoState, passing_score

NORMAL = "normal"


def initial_values(
    manifest: Manifest,
    item: Item,
    state: ScoState,
    *,
    learner_id: str = "",
    learner_name: str = "",
    mode: str = NORMAL,
) -> dict[str, str]:
    """Texts by element, for ``loadFromFlattenedJSON`` of scorm-again before Initialize.

    ``state`` is the one that :func:`opened` gave. ``learner_id`` is an opaque key and
    ``learner_name`` stays empty: a frame never learns who sits before it. A ``mode`` other than
    ``normal`` is without credit. Elements without a value are left out, so that the SCO meets the
    defaults of its standard.
    """
    if manifest.version.is_2004:
        ours = _ours_2004(item, state, learner_id, learner_name, mode)
    else:
        ours = _ours_12(item, state, learner_id, learner_name, mode)
    given = {name: text for name, text in ours.items() if text != ""}
    return {name: text for name, text in state.values.items() if text != ""} | given


def _ours_12(
    item: Item, state: ScoState, learner_id: str, learner_name: str, mode: str
) -> dict[str, str]:
    return {
        "cmi.core.student_id": learner_id,
        "cmi.core.student_name": learner_name,
        "cmi.core.credit": "credit" if mode == NORMAL else "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.core.entry": state.entry,
        "cmi.core.total_time": written_12(state.hundredths),
        "cmi.launch_data": item.launch_data,
        "cmi.student_data.mastery_score": _plain(item.mastery_score),
        "cmi.student_data.max_time_allowed": item.max_time,
        "cmi.student_data.time_limit_action": item.time_limit_action,
    }


def _ours_2004(
    item: Item, state: ScoState, learner_id: str, learner_name: str, mode: str
) -> dict[str, str]:
    threshold = item.completion_threshold
    ours = {
        "cmi.learner_id": learner_id,
        "cmi.learner_name": learner_name,
        "cmi.credit": "credit" if mode == NORMAL else "no-credit",
        "cmi.mode": mode,
        "cmi.entry": state.entry,
        "cmi.total_time": written_2004(state.hundredths),
        "cmi.launch_data": item.launch_data,
        "cmi.max_time_allowed": item.max_time,
        "cmi.time_limit_action": item.time_limit_action,
        "cmi.completion_threshold": (
            _plain(threshold.minimum) if threshold and threshold.by_measure else ""
        ),
        "cmi.scaled_passing_score": _plain(passing_score(item)),
    }
    if "cmi.objectives.0.id" not in state.values:
        named = (objective.id for objective in item.objectives if objective.id)
        ours |= {f"cmi.objectives.{n}.id": name for n, name in enumerate(named)}
    return ours


def _plain(number: object) -> str:
    return "" if number is None else f"{number:f}"
