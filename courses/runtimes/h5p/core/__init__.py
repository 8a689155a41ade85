"""A server core for H5P in pure Python: no web framework, no database, no disk.

H5P content is a zip archive: ``h5p.json`` names a main library and what it needs, ``content.json``
holds the parameters that its author filled in, and each library brings JavaScript, styles and
``semantics.json``, the description of the fields of its parameters. A server takes the archive
apart, cleans the parameters, decides which files to load in which order, hands the player one
object, and reads the results that come back. Each of these is one call here, on plain values:

1.  ``read_package(files, installed) -> Reading``: read and validate an archive, all problems at
    once. ``files`` is three methods over the archive (:class:`Files`); ``installed`` maps
    :class:`LibraryName` to :class:`Library`; a ``Library`` is made again from stored JSON by
    ``read_library(manifest, semantics)``.
2.  ``filter_content(main, params, libraries, content_files=None) -> Filtered``: the parameters with
    nothing in them that the semantics do not know, texts cleaned, numbers clamped, gaps filled.
    ``filter_metadata(metadata)`` does the same for title, license and authors.
3.  ``resolve(main, params, libraries) -> Resolution``: libraries in the order of loading, with
    their scripts and styles, add-ons included.
4.  ``build_integration(frame) -> dict``: the ``H5PIntegration`` object that H5P core (JavaScript)
    reads; ``core_strings(language)`` are its own words.
5.  ``read_results(data, main=...) -> Results``: what ``getXAPIData()`` sent, as a tree of
    :class:`QuestionResult` with readable answers and checked scores.
6.  ``write_package(out, ...)``: a ``.h5p`` archive, the same bytes each time.
    ``question_set(quiz)`` and ``read_question_set(params, metadata)``: a quiz as H5P.QuestionSet
    and back.
7.  ``capabilities(scripts) -> Capabilities``: whether a content type reports results and resumes,
    read off its scripts.

Nothing here is translated and nothing raises on what an archive or a browser has sent: what is
wrong comes back as :class:`Problem` values, whose codes :data:`CODES` explains.
"""

from courses.runtimes.h5p.core.dependencies import Asset, Resolution, resolve
from courses.runtimes.h5p.core.exporting import OutgoingFile, write_package
from courses.runtimes.h5p.core.files import CONTENT_ENDINGS, LIBRARY_ENDINGS, Files
from courses.runtimes.h5p.core.filtering import Filtered, filter_content, filter_metadata
from courses.runtimes.h5p.core.integration import Addresses, Display, Frame, build_integration
from courses.runtimes.h5p.core.interactions import InteractionKind
from courses.runtimes.h5p.core.libraries import (
    CORE_API,
    Libraries,
    Library,
    best_patches,
    read_library,
)
from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.packages import Package, PackagedLibrary, Reading, read_package
from courses.runtimes.h5p.core.problems import CODES, Problem
from courses.runtimes.h5p.core.questionset import (
    QuestionSet,
    question_set,
    read_question_set,
)
from courses.runtimes.h5p.core.questionset_quiz import Item, Option, Pair, Quiz, QuizQuestion
from courses.runtimes.h5p.core.results import QuestionResult, Results, Score, read_results
from courses.runtimes.h5p.core.scanning import Capabilities, capabilities
from courses.runtimes.h5p.core.strings import core_strings

__all__ = [
    "CODES",
    "CONTENT_ENDINGS",
    "CORE_API",
    "LIBRARY_ENDINGS",
    "Addresses",
    "Asset",
    "Capabilities",
    "Display",
    "Files",
    "Filtered",
    "Frame",
    "InteractionKind",
    "Item",
    "Libraries",
    "Library",
    "LibraryName",
    "Option",
    "OutgoingFile",
    "Package",
    "PackagedLibrary",
    "Pair",
    "Problem",
    "QuestionResult",
    "QuestionSet",
    "Quiz",
    "QuizQuestion",
    "Reading",
    "Resolution",
    "Results",
    "Score",
    "best_patches",
    "build_integration",
    "capabilities",
    "core_strings",
    "filter_content",
    "filter_metadata",
    "question_set",
    "read_library",
    "read_package",
    "read_question_set",
    "read_results",
    "resolve",
    "write_package",
]
