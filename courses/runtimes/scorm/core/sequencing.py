"""Sequencing of SCORM 2004, from the manifest's elements to the settings of scorm-again.

The names of keys and words are those of scorm-again's ``ActivitySettings``. Handed over: control
modes, limit conditions, pre-, post- and exit condition rules, rollup rules and considerations,
objectives with their maps (of the 4th edition too), randomization and selection, delivery
controls, constrained choice, completion thresholds, the hidden parts of the interface and shared
data. Not handed over, since it does nothing with them: auxiliary resources and the durations that
2004 itself declares unsupported (experienced durations, begin and end times).
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from courses.runtimes.scorm.core.formats import decimal_of
from courses.runtimes.scorm.core.manifest import Item, Manifest
from courses.runtimes.scorm.core.parsing import attribute, child, children, text_of

NAMELESS = "PRIMARYOBJ"
"""The name in settings of a primary objective that the manifest gives none."""
ROOT = "ROOT"
"""The name in settings of an organization without one."""

Settings = dict[str, Any]

_INTERFACE = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
# The standard's defaults; scorm-again's own flow is another.
_CONTROLS: Mapping[str, bool] = {
    "choice": True,
    "choiceExit": True,
    "flow": False,
    "forwardOnly": False,
    "useCurrentAttemptObjectiveInfo": True,
    "useCurrentAttemptProgressInfo": True,
}
_RULES = {
    "preConditionRules": "preconditionrule",
    "exitConditionRules": "exitconditionrule",
    "postConditionRules": "postconditionrule",
}
_RULE_ACTIONS = (
    "skip", "disabled", "hiddenFromChoice", "stopForwardTraversal", "exitParent", "exitAll",
    "retry", "retryAll", "continue", "previous", "exit",
)  # fmt: skip
_RULE_CONDITIONS = (
    "satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "objectiveMeasureGreaterThan",
    "objectiveMeasureLessThan", "completed", "activityProgressKnown", "attempted",
    "attemptLimitExceeded", "timeLimitExceeded", "outsideAvailableTimeRange", "always",
)  # fmt: skip
_ROLLUP_CONDITIONS = (
    "satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed",
    "activityProgressKnown", "attempted", "attemptLimitExceeded", "timeLimitExceeded",
    "outsideAvailableTimeRange",
)  # fmt: skip
_ROLLUP_ACTIONS = ("satisfied", "notSatisfied", "completed", "incomplete")
_CHILD_SETS = ("all", "any", "none", "atLeastCount", "atLeastPercent")
_TIMINGS = ("never", "once", "onEachNewAttempt")
_REQUIREMENTS = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
_MAP_DEFAULTS = {
    "readSatisfiedStatus": True,
    "readNormalizedMeasure": True,
    "writeSatisfiedStatus": False,
    "writeNormalizedMeasure": False,
}
_MORE_MAPS = {
    f"{way}{what}": way == "read"
    for way in ("read", "write")
    for what in ("RawScore", "MinScore", "MaxScore", "CompletionStatus", "ProgressMeasure")
}


def is_true(text: str, *, default: bool) -> bool:
    """A boolean of XML Schema in any case; what is neither is the ``default``."""
    return {"true": True, "1": True, "false": False, "0": False}.get(text.casefold(), default)


def sequencing_settings(manifest: Manifest) -> Settings | None:
    """The ``sequencing`` setting of scorm-again; ``None`` for a package that has no rules.

    Without rules every item is open in any order, which needs no sequencer.
    """
    organization = manifest.organization
    if not manifest.version.is_2004 or not (
        organization.sequencing or any(item.sequencing for item in organization.walk())
    ):
        return None
    return {
        "activityTree": {
            "sequencingControls": dict(_CONTROLS),
            **organization.sequencing,
            "id": organization.identifier or ROOT,
            "title": organization.title,
            "children": [_activity(item) for item in organization.items],
        }
    }


def _activity(item: Item) -> Settings:
    activity: Settings = {
        "sequencingControls": dict(_CONTROLS),
        **item.sequencing,
        "id": item.identifier,
        "title": item.title,
        "isVisible": item.is_visible,
    }
    if item.time_limit_action:
        activity["timeLimitAction"] = item.time_limit_action
    if item.completion_threshold:
        activity["completionThreshold"] = {
            "completedByMeasure": item.completion_threshold.by_measure,
            "minProgressMeasure": float(item.completion_threshold.minimum),
            "progressWeight": float(item.completion_threshold.weight),
        }
    if item.children:
        activity["children"] = [_activity(child) for child in item.children]
    return activity


class Sequencings:
    """The sequencing of the elements of one manifest, with its collection to refer to."""

    def __init__(self, root: Element) -> None:
        self._collection = {
            attribute(sequencing, "id"): sequencing
            for collection in children(root, "sequencingcollection")
            for sequencing in children(collection, "sequencing")
        }

    def of(self, element: Element) -> Settings:
        """What an organization or item says; {} for nothing.

        Of a sequencing that refers to the collection, its own parts replace the collection's.
        """
        sequencing = child(element, "sequencing")
        settings: Settings = {}
        if sequencing is not None:
            shared = self._collection.get(attribute(sequencing, "idref"))
            for source in (shared, sequencing):
                if source is not None:
                    settings |= _of_sequencing(source)
            settings.setdefault("sequencingControls", {})
            settings["sequencingControls"] = {**_CONTROLS, **settings["sequencingControls"]}
        hidden = [
            text_of(part)
            for presentation in children(element, "presentation")
            for interface in children(presentation, "navigationinterface")
            for part in children(interface, "hidelmsui")
        ]
        if hidden := [name for name in _INTERFACE if name in hidden]:
            settings["hideLmsUi"] = hidden
        if maps := _shared_data(element):
            settings["sharedDataMaps"] = maps
        return settings


def _of_sequencing(sequencing: Element) -> Settings:
    settings: Settings = {}
    controls = {
        name: is_true(attribute(mode, name.casefold()), default=default)
        for mode in children(sequencing, "controlmode")
        for name, default in _CONTROLS.items()
    }
    controls |= _more_controls(sequencing)
    if controls:
        settings["sequencingControls"] = controls
    if rules := _rules(child(sequencing, "sequencingrules")):
        settings["sequencingRules"] = rules
    limits = child(sequencing, "limitconditions")
    if (limit := _whole(attribute(limits, "attemptlimit"))) is not None:
        settings["attemptLimit"] = limit
    if duration := attribute(limits, "attemptabsolutedurationlimit"):
        settings["attemptAbsoluteDurationLimit"] = duration[:100]
    if rollup := _rollup_rules(child(sequencing, "rolluprules")):
        settings["rollupRules"] = {"rules": rollup}
    settings |= _objectives(sequencing)
    delivery = child(sequencing, "deliverycontrols")
    if delivery is not None:
        settings["deliveryControls"] = {
            "tracked": is_true(attribute(delivery, "tracked"), default=True),
            "completionSetByContent": is_true(
                attribute(delivery, "completionsetbycontent"), default=False
            ),
            "objectiveSetByContent": is_true(
                attribute(delivery, "objectivesetbycontent"), default=False
            ),
        }
    if considerations := _considerations(child(sequencing, "rollupconsiderations")):
        settings["rollupConsiderations"] = considerations
    return settings


def _more_controls(sequencing: Element) -> Settings:
    """What scorm-again keeps among the controls, though the manifest says it elsewhere."""
    controls: Settings = {}
    choice = child(sequencing, "constrainedchoiceconsiderations")
    if choice is not None:
        controls["preventActivation"] = is_true(
            attribute(choice, "preventactivation"), default=False
        )
        controls["constrainChoice"] = is_true(attribute(choice, "constrainchoice"), default=False)
    random = child(sequencing, "randomizationcontrols")
    if random is not None:
        # Of scorm-again's two keys, reorderChildren says that it has been done already.
        controls["randomizeChildren"] = is_true(attribute(random, "reorderchildren"), default=False)
        controls["randomizationTiming"] = _word(
            attribute(random, "randomizationtiming"), _TIMINGS, "never"
        )
        controls["selectionTiming"] = _word(attribute(random, "selectiontiming"), _TIMINGS, "never")
        if (count := _whole(attribute(random, "selectcount"))) is not None:
            controls["selectCount"] = count
    rollup = child(sequencing, "rolluprules")
    if rollup is not None:
        for name in ("rollupObjectiveSatisfied", "rollupProgressCompletion"):
            controls[name] = is_true(attribute(rollup, name.casefold()), default=True)
        controls["objectiveMeasureWeight"] = _number(
            attribute(rollup, "objectivemeasureweight"), 0, 1, 1.0
        )
    return controls


def _rules(rules: Element | None) -> Settings:
    settings: Settings = {}
    for key, name in _RULES.items():
        read = [_rule(rule) for rule in children(rules, name)]
        if kept := [rule for rule in read if rule is not None]:
            settings[key] = kept
    return settings


def _rule(rule: Element) -> Settings | None:
    action = _word(attribute(child(rule, "ruleaction"), "action"), _RULE_ACTIONS, "")
    group = child(rule, "ruleconditions")
    conditions = []
    for condition in children(group, "rulecondition"):
        settings = _condition(condition, _RULE_CONDITIONS)
        if settings is None:
            continue
        if objective := attribute(condition, "referencedobjective"):
            settings["referencedObjective"] = objective[:4000]
        if threshold := attribute(condition, "measurethreshold"):
            settings["parameters"] = {"threshold": _number(threshold, -1, 1, 0.0)}
        conditions.append(settings)
    if not action or not conditions:
        return None
    combination = _word(attribute(group, "conditioncombination"), ("all", "any"), "all")
    return {"action": action, "conditionCombination": combination, "conditions": conditions}


def _condition(condition: Element, words: tuple[str, ...]) -> Settings | None:
    word = _word(attribute(condition, "condition"), words, "")
    if not word:
        return None
    settings: Settings = {"condition": word}
    if attribute(condition, "operator").casefold() == "not":
        settings["operator"] = "not"
    return settings


def _rollup_rules(rules: Element | None) -> list[Settings]:
    settings = []
    for rule in children(rules, "rolluprule"):
        action = _word(attribute(child(rule, "rollupaction"), "action"), _ROLLUP_ACTIONS, "")
        group = child(rule, "rollupconditions")
        read = [_condition(each, _ROLLUP_CONDITIONS) for each in children(group, "rollupcondition")]
        conditions = [condition for condition in read if condition is not None]
        for condition in conditions:
            if condition["condition"] == "activityProgressKnown":
                condition["condition"] = "progressKnown"
        if not action or not conditions:
            continue
        settings.append(
            {
                "action": action,
                "consideration": _word(attribute(rule, "childactivityset"), _CHILD_SETS, "all"),
                "minimumCount": _whole(attribute(rule, "minimumcount")) or 0,
                # The manifest counts to 1, scorm-again to 100.
                "minimumPercent": _number(attribute(rule, "minimumpercent"), 0, 1, 0.0) * 100,
                "conditionCombination": _word(
                    attribute(group, "conditioncombination"), ("all", "any"), "any"
                ),
                "conditions": conditions,
            }
        )
    return settings


def _objectives(sequencing: Element) -> Settings:
    """Objectives and their maps; a second ``objectives`` element holds the 4th edition's maps."""
    read: dict[str, Settings] = {}
    for element in (
        element
        for group in children(sequencing, "objectives")
        for element in children(group, "primaryobjective", "objective")
    ):
        is_primary = element.tag.rpartition("}")[2].casefold() == "primaryobjective"
        name = attribute(element, "objectiveid")[:4000] or (NAMELESS if is_primary else "")
        if not name:
            continue
        objective = read.setdefault(name, {"objectiveID": name, "isPrimary": is_primary})
        if is_true(attribute(element, "satisfiedbymeasure"), default=False):
            objective["satisfiedByMeasure"] = True
            minimum = text_of(child(element, "minnormalizedmeasure"))
            objective["minNormalizedMeasure"] = _number(minimum, -1, 1, 1.0)
        for info in children(element, "mapinfo"):
            _add_map(objective, info)
    primary = [objective for objective in read.values() if objective["isPrimary"]]
    others = [objective for objective in read.values() if not objective["isPrimary"]]
    settings: Settings = {"primaryObjective": primary[0]} if primary else {}
    return settings | ({"objectives": others} if others else {})


def _add_map(objective: Settings, info: Element) -> None:
    target = attribute(info, "targetobjectiveid")[:4000]
    if not target:
        return
    maps = objective.setdefault("mapInfo", [])
    known = next((one for one in maps if one["targetObjectiveID"] == target), None)
    if known is None:
        # What the manifest is silent about is neither read nor written beyond the old four.
        known = {"targetObjectiveID": target, **_MAP_DEFAULTS, **dict.fromkeys(_MORE_MAPS, False)}
        maps.append(known)
    written = {key.casefold() for key in info.attrib}
    is_extended = "adlseq" in info.tag or any(name.casefold() in written for name in _MORE_MAPS)
    for name, default in (_MORE_MAPS if is_extended else _MAP_DEFAULTS).items():
        known[name] = is_true(attribute(info, name.casefold()), default=default)


def _considerations(element: Element | None) -> Settings:
    if element is None:
        return {}
    settings: Settings = {
        name: _word(attribute(element, name.casefold()), _REQUIREMENTS, "always")
        for name in (
            "requiredForSatisfied",
            "requiredForNotSatisfied",
            "requiredForCompleted",
            "requiredForIncomplete",
        )
    }
    settings["measureSatisfactionIfActive"] = is_true(
        attribute(element, "measuresatisfactionifactive"), default=True
    )
    return settings


def _shared_data(element: Element) -> list[Settings]:
    return [
        {
            "targetID": attribute(each, "targetid")[:4000],
            "readSharedData": is_true(attribute(each, "readshareddata"), default=True),
            "writeSharedData": is_true(attribute(each, "writeshareddata"), default=True),
        }
        for data in children(element, "data")
        for each in children(data, "map")
        if attribute(each, "targetid")
    ]


def _word(text: str, words: tuple[str, ...], default: str) -> str:
    """The vocabulary's own spelling of ``text``, whose case may be off."""
    return next((word for word in words if word.casefold() == text.casefold()), default)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _number(text: str, least: float, most: float, default: float) -> float:
    number = decimal_of(text)
    return float(number) if number is not None and least <= number <= most else default
