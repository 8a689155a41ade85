"""A reading of the two standards, for tests."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

VERBS = {"attempted", "answered", "completed", "passed", "failed", "scored"}
INTERACTIONS = {
    *("true-false", "choice", "fill-in", "long-fill-in", "matching"),
    *("performance", "sequencing", "likert", "numeric", "other"),
}
DURATION = re.compile(r"P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def check_statement(told: Any) -> None:
    """The JSON is a statement by xAPI 1.0.3 (Data, 2) and by 2.0 (IEEE 9274.1.1, 4.2).

    Raises:
        AssertionError: it is none.
    """
    _keys(told, {"actor", "verb", "object"}, {"id", "result", "context", "timestamp"})
    assert str(UUID(told["id"])) == told["id"]
    moment = datetime.fromisoformat(told["timestamp"])
    assert moment.utcoffset() is not None
    assert moment.utcoffset().total_seconds() == 0
    _check_agent(told["actor"])
    _keys(told["verb"], {"id"}, {"display"})
    _check_iri(told["verb"]["id"])
    _check_language_map(told["verb"].get("display", {}))
    _check_activity(told["object"])
    if "result" in told:
        _check_result(told["result"])
    if "context" in told:
        _check_context(told["context"])
    _check_no_empty(told)


def _check_agent(agent: Any) -> None:
    # A name, mbox or openid would tell who it is.
    _keys(agent, {"account"}, {"objectType"})
    assert agent["objectType"] == "Agent"
    _keys(agent["account"], {"homePage", "name"}, set())
    _check_iri(agent["account"]["homePage"])
    assert str(UUID(agent["account"]["name"])) == agent["account"]["name"]


def _check_activity(activity: Any) -> None:
    _keys(activity, {"id"}, {"objectType", "definition"})
    assert activity["objectType"] == "Activity"
    _check_iri(activity["id"])
    definition = activity["definition"]
    known = {"name", "description", "type", "moreInfo", "interactionType", "extensions"}
    _keys(definition, set(), known | {"correctResponsesPattern"})
    _check_iri(definition["type"])
    _check_language_map(definition.get("name", {}))
    if "correctResponsesPattern" in definition:
        assert "interactionType" in definition
        assert all(isinstance(one, str) for one in definition["correctResponsesPattern"])
    if "interactionType" in definition:
        assert definition["interactionType"] in INTERACTIONS


def _check_result(result: Any) -> None:
    known = {"score", "success", "completion", "response", "duration", "extensions"}
    _keys(result, set(), known)
    for name in ("success", "completion"):
        assert isinstance(result.get(name, True), bool)
    assert isinstance(result.get("response", ""), str)
    assert "duration" not in result or DURATION.fullmatch(result["duration"])
    if "score" in result:
        score = result["score"]
        _keys(score, set(), {"scaled", "raw", "min", "max"})
        assert -1 <= score["scaled"] <= 1
        assert score["min"] < score["max"]
        assert score["min"] <= score["raw"] <= score["max"]


def _check_context(context: Any) -> None:
    known = {"registration", "contextActivities", "revision", "platform", "language"}
    _keys(context, set(), known)
    assert str(UUID(context["registration"])) == context["registration"]
    assert isinstance(context.get("revision", ""), str)
    above = context.get("contextActivities", {})
    _keys(above, set(), {"parent", "grouping", "category", "other"})
    for activities in above.values():
        # 2.0 takes lists only.
        assert isinstance(activities, list)
        for activity in activities:
            _check_activity(activity)


def _keys(told: Any, needed: set[str], possible: set[str]) -> None:
    assert isinstance(told, dict)
    assert needed <= set(told) <= needed | possible


def _check_iri(text: str) -> None:
    parts = urlsplit(text)
    assert parts.scheme in {"http", "https"}
    assert parts.netloc
    assert not re.search(r"[\s<>\"{}|\\^`]", text)


def _check_language_map(names: Any) -> None:
    assert isinstance(names, dict)
    for tag, name in names.items():
        assert LANGUAGE.fullmatch(tag)
        assert isinstance(name, str)


def _check_no_empty(value: Any) -> None:
    """No ``null`` stands anywhere, and no empty object."""
    assert value is not None
    assert value != {}
    for child in value.values() if isinstance(value, dict) else ():
        _check_no_empty(child)
