"""A quiz as a file that other programs open, and back."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from courses.runtimes.h5p.core import Problem, Quiz, question_set, read_question_set, write_package
from courses.runtimes.packages.rules import Archive

LARGEST_JSON = 5 * 1024 * 1024


class NoQuestionSet(Exception):
    """The archive holds no H5P content of questions."""


def quiz_package(quiz: Quiz) -> bytes:
    """``quiz`` as a ``.h5p`` archive of H5P.QuestionSet; the same quiz gives the same bytes.

    The archive names the libraries that it needs and does not carry them: whoever opens it has
    them installed, as h5p.org, Lumi and Moodle do.
    """
    written = question_set(quiz)
    archive = io.BytesIO()
    write_package(
        archive,
        title=quiz.title,
        language=quiz.language,
        main=written.main,
        dependencies=written.dependencies,
        params=written.params,
        metadata=written.metadata,
    )
    return archive.getvalue()


def quiz_in(file: BinaryIO) -> tuple[Quiz, Sequence[Problem]]:
    """The quiz in an archive of H5P.QuestionSet of any origin, and the questions left out.

    Raises:
        UnsafeArchive: the file is no archive that may be read.
        NoQuestionSet: it is other content.
    """
    archive = Archive(file)
    h5p, content = _json(archive, "h5p.json"), _json(archive, "content/content.json")
    if h5p.get("mainLibrary") != "H5P.QuestionSet":
        raise NoQuestionSet
    return read_question_set(content, h5p)


def _json(archive: Archive, name: str) -> Mapping[str, Any]:
    if name not in archive.names() or archive.size(name) > LARGEST_JSON:
        raise NoQuestionSet
    with archive.open(name) as file:
        try:
            data = json.loads(file.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as broken:
            raise NoQuestionSet from broken
    if not isinstance(data, dict):
        raise NoQuestionSet
    return data
