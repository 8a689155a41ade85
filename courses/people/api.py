"""The door to people for the other parts and apps."""

from courses.people.errors import PeopleRefusal, UserNameTaken, WeakPin
from courses.people.models import ChildProfile, Guardianship, Organisation, Teacher
from courses.people.operations import create_child, end_guardianship, link_guardian
from courses.people.queries import (
    Roles,
    age_of,
    child_of,
    children_in_care_of,
    may_act_for,
    name_of,
    name_order,
    people_seen_by,
    roles_of,
)

__all__ = [
    "ChildProfile",
    "Guardianship",
    "Organisation",
    "PeopleRefusal",
    "Roles",
    "Teacher",
    "UserNameTaken",
    "WeakPin",
    "age_of",
    "child_of",
    "children_in_care_of",
    "create_child",
    "end_guardianship",
    "link_guardian",
    "may_act_for",
    "name_of",
    "name_order",
    "people_seen_by",
    "roles_of",
]
