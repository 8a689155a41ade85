"""Taking H5P in, playing it, and keeping its libraries."""

from courses.runtimes.h5p.operations.installing import install_content, install_libraries
from courses.runtimes.h5p.operations.joining import joined_files
from courses.runtimes.h5p.operations.keeping import remove_library, restrict_library
from courses.runtimes.h5p.operations.playing import save_state, take_report

__all__ = [
    "install_content",
    "install_libraries",
    "joined_files",
    "remove_library",
    "restrict_library",
    "save_state",
    "take_report",
]
