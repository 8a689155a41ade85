"""Taking SCORM in, and playing it."""

from courses.runtimes.scorm.operations.installing import install_content
from courses.runtimes.scorm.operations.playing import OpenedItem, Taken, open_item, take_commit

__all__ = ["OpenedItem", "Taken", "install_content", "open_item", "take_commit"]
