"""The items of an organization: what the menu shows and what the LMS must know about each line."""

from collections.abc import Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element

from courses.runtimes.scorm.core.files import is_outside, resolved, with_parameters
from courses.runtimes.scorm.core.formats import decimal_of, span_12, span_2004
from courses.runtimes.scorm.core.manifest import (
    CompletionThreshold,
    Item,
    ItemKind,
    Objective,
    Version,
)
from courses.runtimes.scorm.core.parsing import attribute, child, child_text, children, text_of
from courses.runtimes.scorm.core.prerequisites import is_readable
from courses.runtimes.scorm.core.problems import Code
from courses.runtimes.scorm.core.resources import Report, Resource
from courses.runtimes.scorm.core.sequencing import NAMELESS, Sequencings, is_true

MAX_ITEMS = 5000
MAX_DEPTH = 32
MAX_LAUNCH_DATA = 4096
"""Characters of ``cmi.launch_data`` in both standards."""

_ACTIONS = frozenset({"exit,message", "exit,no message", "continue,message", "continue,no message"})


class ItemReader:
    """Reads items of one manifest; identifiers come out unique over all its organizations."""

    def __init__(
        self,
        resources: Mapping[str, Resource],
        version: Version,
        sequencings: Sequencings | None,
        report: Report,
    ) -> None:
        self.resources = resources
        self.version = version
        self.sequencings = sequencings
        self.report = report
        self.is_overfull = False
        self._taken: set[str] = set()

    def read(self, parent: Element, depth: int = 1) -> tuple[Item, ...]:
        """The items right below ``parent``, an organization or an item."""
        if depth > MAX_DEPTH:
            self.is_overfull = True
        if self.is_overfull:
            return ()
        return tuple(self._item(element, depth) for element in children(parent, "item"))

    def _item(self, element: Element, depth: int) -> Item:
        identifier = self._identifier(element)
        resource = self._resource(element, identifier)
        sequencing = self.sequencings.of(element) if self.sequencings else {}
        suffix = with_parameters(resource.suffix, attribute(element, "parameters")[:1000])
        title = " ".join(child_text(element, "title").split())[:500]
        return Item(
            identifier=identifier,
            title=title or identifier,
            kind=resource.kind if resource.path else ItemKind.FOLDER,
            path=resource.path,
            suffix=suffix if resource.path else "",
            is_visible=is_true(attribute(element, "isvisible"), default=True),
            mastery_score=self._mastery_score(element, identifier),
            prerequisites=self._prerequisites(element, identifier),
            max_time=self._max_time(element, identifier, sequencing),
            time_limit_action=self._time_limit_action(element, identifier),
            launch_data=child_text(element, "datafromlms")[:MAX_LAUNCH_DATA],
            completion_threshold=self._completion_threshold(element, identifier),
            objectives=_objectives(sequencing),
            sequencing=sequencing,
            children=self.read(element, depth + 1),
        )

    def _identifier(self, element: Element) -> str:
        told = attribute(element, "identifier")[:240]
        identifier = told or f"item-{len(self._taken) + 1}"
        number = 2
        while identifier in self._taken:
            identifier = f"{told or 'item'}-{number}"
            number += 1
        if told and identifier != told:
            self.report(Code.IDENTIFIER_REPEATED, identifier=told, renamed=identifier)
        self._taken.add(identifier)
        self.is_overfull = self.is_overfull or len(self._taken) > MAX_ITEMS
        return identifier

    def _resource(self, element: Element, identifier: str) -> Resource:
        """What the item opens; one without a path for a folder, and for what cannot be opened."""
        reference = attribute(element, "identifierref")[:250]
        nothing = Resource(ItemKind.FOLDER, "", "", "")
        if not reference:
            return nothing
        resource = self.resources.get(reference)
        if resource is None:
            self.report(Code.RESOURCE_UNKNOWN, item=identifier, resource=reference)
            return nothing
        if not resource.path and resource.href:
            leaves = is_outside(resource.href) or not list(resolved((), resource.href))
            code = Code.LAUNCH_OUTSIDE if leaves else Code.LAUNCH_MISSING
            self.report(code, item=identifier, href=resource.href[:300])
        return resource

    def _unreadable(self, identifier: str, element: str, value: str) -> None:
        self.report(Code.VALUE_UNREADABLE, item=identifier, element=element, value=value[:200])

    def _mastery_score(self, element: Element, identifier: str) -> Decimal | None:
        text = child_text(element, "masteryscore")
        if not text:
            return None
        score = decimal_of(text.rstrip("% ").replace(",", "."))
        if score is None or not 0 <= score <= 100:
            self._unreadable(identifier, "masteryscore", text)
            return None
        return score

    def _prerequisites(self, element: Element, identifier: str) -> str:
        text = child_text(element, "prerequisites")[:4000]
        if text and not is_readable(text):
            self.report(Code.PREREQUISITES_UNREADABLE, item=identifier, value=text[:200])
            return ""
        return text

    def _max_time(self, element: Element, identifier: str, sequencing: Mapping) -> str:
        if self.version.is_2004:
            text = str(sequencing.get("attemptAbsoluteDurationLimit", ""))
            span = span_2004(text)
        else:
            text = child_text(element, "maxtimeallowed")
            span = span_12(text)
        if text and span is None:
            self._unreadable(identifier, "maxtimeallowed", text)
            return ""
        return text

    def _time_limit_action(self, element: Element, identifier: str) -> str:
        text = child_text(element, "timelimitaction")
        action = ",".join(part.strip().lower() for part in text.split(","))
        if text and action not in _ACTIONS:
            self._unreadable(identifier, "timelimitaction", text)
            return ""
        return action

    def _completion_threshold(
        self, element: Element, identifier: str
    ) -> CompletionThreshold | None:
        """4th edition says it in attributes, earlier ones as a number in the element."""
        threshold = child(element, "completionthreshold")
        if threshold is None or not self.version.is_2004:
            return None
        number = text_of(threshold)
        told = attribute(threshold, "minprogressmeasure") or number or "1"
        weight = attribute(threshold, "progressweight") or "1"
        measures = decimal_of(told), decimal_of(weight)
        if any(measure is None or not 0 <= measure <= 1 for measure in measures):
            self._unreadable(identifier, "completionthreshold", f"{told} {weight}")
            return None
        by_measure = is_true(attribute(threshold, "completedbymeasure"), default=bool(number))
        return CompletionThreshold(by_measure, *(measure or Decimal(0) for measure in measures))


def _objectives(sequencing: Mapping) -> tuple[Objective, ...]:
    """The objectives of a sequencing, the primary one first, which may lack an id."""
    primary = sequencing.get("primaryObjective")
    listed = [(primary, True)] if primary else []
    listed += [(objective, False) for objective in sequencing.get("objectives", ())]
    return tuple(
        Objective(
            id="" if objective["objectiveID"] == NAMELESS else objective["objectiveID"],
            is_primary=is_primary,
            passing=_passing(objective),
        )
        for objective, is_primary in listed
    )


def _passing(objective: Mapping) -> Decimal | None:
    if not objective.get("satisfiedByMeasure"):
        return None
    return Decimal(str(objective.get("minNormalizedMeasure", 1)))
