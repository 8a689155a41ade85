"""A package's run without a database: its menu, its sessions, and what it comes to."""

from courses.runtimes.scorm.rules.menu import MenuLine, Status, first_item, menu_of
from courses.runtimes.scorm.rules.results import result_of
from courses.runtimes.scorm.rules.sessions import item_of_session, new_session, without_old_sessions
from courses.runtimes.scorm.rules.speaking import Speaking, may_speak, speaking

__all__ = [
    "MenuLine",
    "Speaking",
    "Status",
    "first_item",
    "item_of_session",
    "may_speak",
    "menu_of",
    "new_session",
    "result_of",
    "speaking",
    "without_old_sessions",
]
