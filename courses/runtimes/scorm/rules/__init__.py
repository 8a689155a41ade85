"""A package's run without a database: its menu, its sessions, and what it comes to."""

from courses.runtimes.scorm.rules.menu import MenuLine, Status, first_item, menu_of
from courses.runtimes.scorm.rules.results import result_of
from courses.runtimes.scorm.rules.sessions import item_of_session, new_session, without_old_sessions

__all__ = [
    "MenuLine",
    "Status",
    "first_item",
    "item_of_session",
    "menu_of",
    "new_session",
    "result_of",
    "without_old_sessions",
]
