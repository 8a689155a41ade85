"""Deciding about H5P without a database: many files as one, and what a report is worth."""

from courses.runtimes.h5p.rules.results import read_report
from courses.runtimes.h5p.rules.scripts import joined_scripts
from courses.runtimes.h5p.rules.styles import joined_styles

__all__ = ["joined_scripts", "joined_styles", "read_report"]
