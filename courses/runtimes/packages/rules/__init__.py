"""Taking in an archive without a database: what is wrong with it, and what is in it."""

from courses.runtimes.packages.rules.archive import Archive, UnsafeArchive
from courses.runtimes.packages.rules.intake import find_problems, kind_of
from courses.runtimes.packages.rules.keeping import blob_path, tree_digest
from courses.runtimes.packages.rules.problems import Problem

__all__ = [
    "Archive",
    "Problem",
    "UnsafeArchive",
    "blob_path",
    "find_problems",
    "kind_of",
    "tree_digest",
]
