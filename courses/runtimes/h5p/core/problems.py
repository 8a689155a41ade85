"""What can be wrong with H5P, as codes; the door above has the sentences.

A :class:`Problem` of a package keeps it out. The same type tells what a filter, a resolver or a
reader of results has left aside: there it is a note, and the work has gone on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # Packages: each of these keeps the package out.
        "missing_file": "a file that must be there is not: h5p.json, library.json, a script",
        "too_big_json": "a JSON file is larger than `limit` bytes",
        "bad_json": "a file is no JSON, or its values are nested too deeply; `reason`",
        "wrong_shape": "a JSON file is not the `expected` list or object",
        "missing_key": "`key` is not in the file",
        "bad_value": "the value of `key` in the file is not what H5P allows",
        "file_not_allowed": "no file with this `ending` may be in its `place` (content, library)",
        "folder_name": "a folder of a library is not called like it: `expected`",
        "repeated_library": "two folders hold the same library `library`",
        "core_too_old": "the library needs a newer H5P core: `needed`, this one is `offered`",
        "missing_library": "`needed_by` needs `library`, which is neither here nor installed",
        "no_main_library": "the main library `library` is neither named, nor here, nor installed",
        "not_runnable": "the main library `library` is a part of others and cannot be played",
        "nothing_inside": "the archive holds neither content nor a library",
        # The filter: each value was set right or left out.
        "unknown_key": "content has `key`, the semantics do not",
        "unknown_type": "the semantics have a field of a type that H5P does not know: `type`",
        "too_deep": "values nested deeper than the filter follows were left out",
        "too_few_items": "the list has fewer items than `limit`",
        "too_many_items": "the list had more items than `limit`; the rest was left out",
        "not_an_option": "the `value` is not among the options",
        "library_not_allowed": "`library` is not among the field's options and was left out",
        "library_version": "`library` is of another minor version than the field's `expected`",
        "unsafe_address": "an `address` outside the content, or a dangerous one, was left out",
        "external_address": "the content takes a file from another site: `address`",
        "missing_content_file": "the content names a file that is not in the package: `address`",
        # The resolver; it also says missing_library.
        "dependency_cycle": "`library` and `needed_by` need each other in a circle",
        "unsafe_pattern": "the add-on `library` looks for texts with a pattern that may hang",
        # Question sets.
        "question_left_out": "a question of a kind that a quiz does not have: `library`",
        # Results; the path counts children from 1, as in `2.1.`.
        "too_big_result": "a result is larger than `limit`",
        "not_a_statement": "the value is no xAPI statement",
        "other_activity": "the root is about a part of the content or another library: `found`",
        "implausible_score": "raw, min, max and scaled contradict each other",
        "bad_duration": "the duration is no ISO 8601 duration",
        "unknown_interaction": "an interaction type that xAPI does not know: `type`",
    }
)
"""Every code with its meaning; names in backquotes are keys of ``details``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` is a key of :data:`CODES`.

    ``path`` is where: a path in the archive, or the place in content as ``questions[2].params``;
    ``details`` are the plain values that a sentence may need.
    """

    code: str
    path: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)
