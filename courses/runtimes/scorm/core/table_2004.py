"""The data model of SCORM 2004, 4th edition (Run-Time Environment, section 4.2), and 3rd."""

from courses.runtimes.scorm.core.elements import Access, DataType, Element, Table, number, text
from courses.runtimes.scorm.core.formats import (
    decimal_of,
    language,
    localized,
    long_identifier,
    span_2004,
    string,
    time_2004,
    word,
)

INTERACTIONS = (
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
    "likert", "numeric", "other",
)  # fmt: skip
NAVIGATION = (
    "continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll", "_none_",
)  # fmt: skip


def _read_result(told: str) -> str | None:
    if told in ("correct", "incorrect", "unanticipated", "neutral"):
        return told
    return told if decimal_of(told) is not None else None


def _wide_result(told: str) -> str | None:
    return "incorrect" if told == "wrong" else None


def _read_request(told: str) -> str | None:
    """A navigation request; choice and jump name their target in front."""
    target, sign, action = told.rpartition("}")
    if sign:
        named = target.startswith("{target=") and 8 < len(target) <= 4008
        return told if named and action in ("choice", "jump") else None
    return told if told in NAVIGATION else None


_STRING_250 = text("characterstring (SPM: 250)", string(250))
_STRING_1000 = text("characterstring (SPM: 1000)", string(1000))
_STRING_4000 = text("characterstring (SPM: 4000)", string(4000))
_STRING_64000 = text("characterstring (SPM: 64000)", string(64000))
_LOCALIZED_250 = text("localized_string_type (SPM: 250)", localized(250))
_LOCALIZED_4000 = text("localized_string_type (SPM: 4000)", localized(4000))
_LONG_IDENTIFIER = DataType("long_identifier_type (SPM: 4000)", long_identifier)
_REAL = number("real (10,7)")
_SCALED = number("real (10,7) range (-1..1)", -1, 1)
_MEASURE = number("real (10,7) range (0..1)", 0, 1)
_LEVEL = number("real (10,7) range (0..*)", 0)
_TIME = DataType("time (second,10,0)", time_2004)
_SPAN = DataType("timeinterval (second,10,2)", span_2004)
_COMPLETION = DataType("state", word("completed", "incomplete", "not attempted", "unknown"))
_SUCCESS = DataType("state", word("passed", "failed", "unknown"))
_MODE = DataType("state", word("browse", "normal", "review"))
_KEYWORD = _STRING_250
_COMMENT_CHILDREN = "comment,location,timestamp"
_SCORE_CHILDREN = "scaled,raw,min,max"

_LINES = (
    Element("cmi._version", Access.KEYWORD, _KEYWORD, "1.0"),
    Element("cmi.comments_from_learner._children", Access.KEYWORD, _KEYWORD, _COMMENT_CHILDREN),
    Element("cmi.comments_from_learner._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.comments_from_learner.n.comment", Access.BOTH, _LOCALIZED_4000),
    Element("cmi.comments_from_learner.n.location", Access.BOTH, _STRING_250),
    Element("cmi.comments_from_learner.n.timestamp", Access.BOTH, _TIME),
    Element("cmi.comments_from_lms._children", Access.KEYWORD, _KEYWORD, _COMMENT_CHILDREN),
    Element("cmi.comments_from_lms._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.comments_from_lms.n.comment", Access.READ, _LOCALIZED_4000),
    Element("cmi.comments_from_lms.n.location", Access.READ, _STRING_250),
    Element("cmi.comments_from_lms.n.timestamp", Access.READ, _TIME),
    Element("cmi.completion_status", Access.BOTH, _COMPLETION, "unknown"),
    Element("cmi.completion_threshold", Access.READ, _MEASURE),
    Element("cmi.credit", Access.READ, DataType("state", word("credit", "no-credit")), "credit"),
    Element("cmi.entry", Access.READ, text("state", word("ab-initio", "resume", ""))),
    Element(
        "cmi.exit",
        Access.WRITE,
        text("state", word("time-out", "suspend", "logout", "normal", "")),
    ),
    Element(
        "cmi.interactions._children",
        Access.KEYWORD,
        _KEYWORD,
        "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,"
        "description",
    ),
    Element("cmi.interactions._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.interactions.n.id", Access.BOTH, _LONG_IDENTIFIER),
    Element("cmi.interactions.n.type", Access.BOTH, DataType("state", word(*INTERACTIONS))),
    Element("cmi.interactions.n.objectives._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.interactions.n.objectives.n.id", Access.BOTH, _LONG_IDENTIFIER),
    Element("cmi.interactions.n.timestamp", Access.BOTH, _TIME),
    Element("cmi.interactions.n.correct_responses._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.interactions.n.correct_responses.n.pattern", Access.BOTH, _STRING_64000),
    Element("cmi.interactions.n.weighting", Access.BOTH, _REAL),
    Element("cmi.interactions.n.learner_response", Access.BOTH, _STRING_64000),
    Element(
        "cmi.interactions.n.result",
        Access.BOTH,
        DataType("state or real (10,7)", _read_result),
        wide=DataType("state of 1.2", _wide_result),
    ),
    Element("cmi.interactions.n.latency", Access.BOTH, _SPAN),
    Element("cmi.interactions.n.description", Access.BOTH, _LOCALIZED_250, wide=_LOCALIZED_4000),
    Element("cmi.launch_data", Access.READ, _STRING_4000),
    Element("cmi.learner_id", Access.READ, _LONG_IDENTIFIER),
    Element("cmi.learner_name", Access.READ, _LOCALIZED_250),
    Element(
        "cmi.learner_preference._children",
        Access.KEYWORD,
        _KEYWORD,
        "audio_level,language,delivery_speed,audio_captioning",
    ),
    Element("cmi.learner_preference.audio_level", Access.BOTH, _LEVEL, "1"),
    Element(
        "cmi.learner_preference.language",
        Access.BOTH,
        text("language_type (SPM: 250)", language),
    ),
    Element("cmi.learner_preference.delivery_speed", Access.BOTH, _LEVEL, "1"),
    Element(
        "cmi.learner_preference.audio_captioning",
        Access.BOTH,
        DataType("state", word("-1", "0", "1")),
        "0",
    ),
    Element("cmi.location", Access.BOTH, _STRING_1000, wide=_STRING_4000),
    Element("cmi.max_time_allowed", Access.READ, _SPAN),
    Element(
        "cmi.mode", Access.READ, DataType("state", word("browse", "normal", "review")), "normal"
    ),
    Element(
        "cmi.objectives._children",
        Access.KEYWORD,
        _KEYWORD,
        "id,score,success_status,completion_status,progress_measure,description",
    ),
    Element("cmi.objectives._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.objectives.n.id", Access.BOTH, _LONG_IDENTIFIER),
    Element("cmi.objectives.n.score._children", Access.KEYWORD, _KEYWORD, _SCORE_CHILDREN),
    Element("cmi.objectives.n.score.scaled", Access.BOTH, _SCALED),
    Element("cmi.objectives.n.score.raw", Access.BOTH, _REAL),
    Element("cmi.objectives.n.score.min", Access.BOTH, _REAL),
    Element("cmi.objectives.n.score.max", Access.BOTH, _REAL),
    Element("cmi.objectives.n.success_status", Access.BOTH, _SUCCESS, "unknown"),
    Element("cmi.objectives.n.completion_status", Access.BOTH, _COMPLETION, "unknown"),
    Element("cmi.objectives.n.progress_measure", Access.BOTH, _MEASURE),
    Element("cmi.objectives.n.description", Access.BOTH, _LOCALIZED_250, wide=_LOCALIZED_4000),
    Element("cmi.progress_measure", Access.BOTH, _MEASURE),
    Element("cmi.scaled_passing_score", Access.READ, _SCALED),
    Element("cmi.score._children", Access.KEYWORD, _KEYWORD, _SCORE_CHILDREN),
    Element("cmi.score.scaled", Access.BOTH, _SCALED),
    Element("cmi.score.raw", Access.BOTH, _REAL),
    Element("cmi.score.min", Access.BOTH, _REAL),
    Element("cmi.score.max", Access.BOTH, _REAL),
    Element("cmi.session_time", Access.WRITE, _SPAN),
    Element("cmi.success_status", Access.BOTH, _SUCCESS, "unknown"),
    Element("cmi.suspend_data", Access.BOTH, _STRING_64000),
    Element(
        "cmi.time_limit_action",
        Access.READ,
        DataType(
            "state",
            word("exit,message", "continue,message", "exit,no message", "continue,no message"),
        ),
        "continue,no message",
    ),
    Element("cmi.total_time", Access.READ, _SPAN, "PT0H0M0S"),
    Element("adl.nav.request", Access.BOTH, DataType("state", _read_request), "_none_"),
    Element("adl.nav.request_valid.continue", Access.READ, _STRING_250, "unknown"),
    Element("adl.nav.request_valid.previous", Access.READ, _STRING_250, "unknown"),
)
_LINES_OF_4TH = (
    Element("adl.data._children", Access.KEYWORD, _KEYWORD, "id,store"),
    Element("adl.data._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("adl.data.n.id", Access.READ, _LONG_IDENTIFIER),
    Element("adl.data.n.store", Access.BOTH, _STRING_64000),
)

TABLE_2004_3RD: Table = {line.name: line for line in _LINES}
TABLE_2004: Table = {line.name: line for line in (*_LINES, *_LINES_OF_4TH)}
