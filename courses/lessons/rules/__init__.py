"""The outline of a course and how it is compiled; plain values only."""

from courses.lessons.rules.compiling import (
    CourseDraft,
    LessonDraft,
    ModuleDraft,
    StepDraft,
    compile_outline,
    find_problems,
    name_steps,
    rule_of,
)
from courses.lessons.rules.outline import (
    AddedPolicy,
    LessonRef,
    ModuleRef,
    Outline,
    Rule,
    RuleKind,
    StepRef,
    outline_from_json,
    outline_to_json,
)
from courses.lessons.rules.recordings import recording_seconds

__all__ = [
    "AddedPolicy",
    "CourseDraft",
    "LessonDraft",
    "LessonRef",
    "ModuleDraft",
    "ModuleRef",
    "Outline",
    "Rule",
    "RuleKind",
    "StepDraft",
    "StepRef",
    "compile_outline",
    "find_problems",
    "name_steps",
    "outline_from_json",
    "outline_to_json",
    "recording_seconds",
    "rule_of",
]
