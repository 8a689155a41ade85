"""The data model of SCORM 1.2 (Run-Time Environment 1.2, section 3.4)."""

from courses.runtimes.scorm.core.elements import Access, DataType, Element, Table, number, text
from courses.runtimes.scorm.core.formats import (
    decimal_of,
    identifier_12,
    integer_of,
    span_12,
    string,
    time_12,
    word,
)

STATUSES = ("passed", "completed", "failed", "incomplete", "browsed")
INTERACTIONS = (
    "true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric",
)  # fmt: skip

_STRING_255 = text("CMIString255", string(255))
_STRING_4096 = text("CMIString4096", string(4096))
_STRING_64000 = text("CMIString64000", string(64000))
_IDENTIFIER = DataType("CMIIdentifier", identifier_12)
_SPAN = DataType("CMITimespan", span_12)
_SCORE = number("CMIDecimal", 0, 100)
_KEYWORD = _STRING_255
_SCORE_CHILDREN = "raw,min,max"


def _read_result(told: str) -> str | None:
    """``result`` of an interaction; ``incorrect`` is a word of 2004 that packages use here."""
    if told in ("correct", "wrong", "unanticipated", "neutral"):
        return told
    return told if decimal_of(told) is not None else None


def _wide_result(told: str) -> str | None:
    return "wrong" if told == "incorrect" else None


_LINES = (
    Element("cmi._version", Access.KEYWORD, _KEYWORD, "3.4"),
    Element(
        "cmi.core._children",
        Access.KEYWORD,
        _KEYWORD,
        "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,"
        "lesson_mode,exit,session_time",
    ),
    Element("cmi.core.student_id", Access.READ, _IDENTIFIER),
    Element("cmi.core.student_name", Access.READ, _STRING_255),
    Element("cmi.core.lesson_location", Access.BOTH, _STRING_255, wide=_STRING_4096),
    Element(
        "cmi.core.credit",
        Access.READ,
        DataType("CMIVocabulary", word("credit", "no-credit")),
        "credit",
    ),
    Element(
        "cmi.core.lesson_status",
        Access.BOTH,
        DataType("CMIVocabulary", word(*STATUSES)),
        "not attempted",
    ),
    Element("cmi.core.entry", Access.READ, text("CMIVocabulary", word("ab-initio", "resume", ""))),
    Element("cmi.core.score._children", Access.KEYWORD, _KEYWORD, _SCORE_CHILDREN),
    Element("cmi.core.score.raw", Access.BOTH, _SCORE),
    Element("cmi.core.score.min", Access.BOTH, _SCORE),
    Element("cmi.core.score.max", Access.BOTH, _SCORE),
    Element("cmi.core.total_time", Access.READ, _SPAN, "0000:00:00"),
    Element(
        "cmi.core.lesson_mode",
        Access.READ,
        DataType("CMIVocabulary", word("browse", "normal", "review")),
        "normal",
    ),
    Element(
        "cmi.core.exit",
        Access.WRITE,
        text("CMIVocabulary", word("time-out", "suspend", "logout", "")),
    ),
    Element("cmi.core.session_time", Access.WRITE, _SPAN),
    Element("cmi.suspend_data", Access.BOTH, _STRING_4096, wide=_STRING_64000),
    Element("cmi.launch_data", Access.READ, _STRING_4096),
    Element("cmi.comments", Access.BOTH, _STRING_4096),
    Element("cmi.comments_from_lms", Access.READ, _STRING_4096),
    Element("cmi.objectives._children", Access.KEYWORD, _KEYWORD, "id,score,status"),
    Element("cmi.objectives._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.objectives.n.id", Access.BOTH, _IDENTIFIER),
    Element("cmi.objectives.n.score._children", Access.KEYWORD, _KEYWORD, _SCORE_CHILDREN),
    Element("cmi.objectives.n.score.raw", Access.BOTH, _SCORE),
    Element("cmi.objectives.n.score.min", Access.BOTH, _SCORE),
    Element("cmi.objectives.n.score.max", Access.BOTH, _SCORE),
    Element(
        "cmi.objectives.n.status",
        Access.BOTH,
        DataType("CMIVocabulary", word(*STATUSES, "not attempted")),
    ),
    Element(
        "cmi.student_data._children",
        Access.KEYWORD,
        _KEYWORD,
        "mastery_score,max_time_allowed,time_limit_action",
    ),
    Element("cmi.student_data.mastery_score", Access.READ, _SCORE),
    Element("cmi.student_data.max_time_allowed", Access.READ, _SPAN),
    Element("cmi.student_data.time_limit_action", Access.READ, _STRING_255),
    Element(
        "cmi.student_preference._children", Access.KEYWORD, _KEYWORD, "audio,language,speed,text"
    ),
    Element(
        "cmi.student_preference.audio", Access.BOTH, number("CMISInteger", -1, 100, read=integer_of)
    ),
    Element("cmi.student_preference.language", Access.BOTH, _STRING_255),
    Element(
        "cmi.student_preference.speed",
        Access.BOTH,
        number("CMISInteger", -100, 100, read=integer_of),
    ),
    Element(
        "cmi.student_preference.text", Access.BOTH, number("CMISInteger", -1, 1, read=integer_of)
    ),
    Element(
        "cmi.interactions._children",
        Access.KEYWORD,
        _KEYWORD,
        "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
    ),
    Element("cmi.interactions._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.interactions.n.id", Access.WRITE, _IDENTIFIER),
    Element("cmi.interactions.n.objectives._count", Access.KEYWORD, _KEYWORD, "0"),
    Element("cmi.interactions.n.objectives.n.id", Access.WRITE, _IDENTIFIER),
    Element("cmi.interactions.n.time", Access.WRITE, DataType("CMITime", time_12)),
    Element(
        "cmi.interactions.n.type", Access.WRITE, DataType("CMIVocabulary", word(*INTERACTIONS))
    ),
    Element("cmi.interactions.n.correct_responses._count", Access.KEYWORD, _KEYWORD, "0"),
    Element(
        "cmi.interactions.n.correct_responses.n.pattern",
        Access.WRITE,
        text("CMIFeedback", string(255)),
        wide=_STRING_4096,
    ),
    Element("cmi.interactions.n.weighting", Access.WRITE, number("CMIDecimal", -100, 100)),
    Element(
        "cmi.interactions.n.student_response",
        Access.WRITE,
        text("CMIFeedback", string(255)),
        wide=_STRING_4096,
    ),
    Element(
        "cmi.interactions.n.result",
        Access.WRITE,
        DataType("CMIVocabulary or CMIDecimal", _read_result),
        wide=DataType("CMIVocabulary of 2004", _wide_result),
    ),
    Element("cmi.interactions.n.latency", Access.WRITE, _SPAN),
)

TABLE_12: Table = {line.name: line for line in _LINES}
