"""Problems of a package, in sentences for its editor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.runtimes.packages.errors import SENTENCES


@dataclass(slots=True)
class Told:
    """One sentence with the files that it is about; ``more`` is how many are not listed."""

    sentence: str
    paths: list[str] = field(default_factory=list)
    more: int = 0


def told(problems: Iterable[Mapping[str, Any]], sentences: Mapping[str, Any]) -> Sequence[Told]:
    """Problems, as a version keeps them, in sentences; those that read the same are joined.

    ``sentences`` are those of the package's kind. A code without a sentence, from before an
    update, is told as it is.
    """
    by_sentence: dict[str, Told] = {}
    last_of_code: dict[str, Told] = {}
    for problem in problems:
        code, path, details = problem["code"], problem["path"], problem["details"]
        if "more" in details and code in last_of_code:
            last_of_code[code].more += details["more"]
            continue
        template = str(SENTENCES.get(code) or sentences.get(code) or code)
        sentence = _filled(template, {**details, "path": path})
        one = last_of_code[code] = by_sentence.setdefault(sentence, Told(sentence))
        if path and "%(path)s" not in template:
            one.paths.append(path)
    return list(by_sentence.values())


def _filled(template: str, details: Mapping[str, Any]) -> str:
    try:
        return template % details
    except (KeyError, TypeError, ValueError):
        return template
