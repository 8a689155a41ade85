"""Who may see whose records: written once, used by every list, page and report."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.people.models import ChildProfile, Guardianship, Teacher
from courses.people.rules import age_in_years


def people_seen_by(user, *, path: str, at: datetime) -> Q:
    """A filter for rows about people whose records ``user`` may read at the moment ``at``.

    ``path`` names the foreign key to the person's account, e.g. ``"learner"``. Covers the person
    and the children in their care.
    """
    in_care = Guardianship.objects.in_force(at).filter(guardian=user).values("child__user_id")
    return Q(**{path: user}) | Q(**{f"{path}__in": in_care})


def may_act_for(actor, person, *, at: datetime) -> bool:
    """Whether ``actor`` may act in the name of ``person``: themselves or a guardian."""
    if actor.pk == person.pk:
        return True
    return Guardianship.objects.in_force(at).filter(guardian=actor, child__user=person).exists()


def child_of(user) -> ChildProfile | None:
    """The profile that makes the account a child's, or ``None`` for an adult.

    Asked once a user, and not at all where ``opora_child`` was selected with the user.
    """
    return getattr(user, "opora_child", None)


def children_in_care_of(user, *, at: datetime) -> QuerySet[ChildProfile]:
    """The children whose guardian ``user`` is, by name."""
    return ChildProfile.objects.in_care_of(user, at).select_related("user").order_by("display_name")


def age_of(user, *, at: datetime) -> int | None:
    """Whole years of a child's account, by the municipality's calendar; ``None`` for adults."""
    child = child_of(user)
    if child is None:
        return None
    today = timezone.localdate(at)
    return age_in_years(birth_year=child.birth_year, birth_month=child.birth_month, on=today)


@dataclass(frozen=True, slots=True)
class Roles:
    """What a signed-in person is here; one person may be several."""

    is_child: bool
    is_guardian: bool
    is_teacher: bool


def roles_of(user, *, at: datetime) -> Roles:
    """The roles of ``user`` at the moment ``at``: three small queries, used at sign-in only."""
    return Roles(
        is_child=child_of(user) is not None,
        is_guardian=Guardianship.objects.in_force(at).filter(guardian=user).exists(),
        is_teacher=Teacher.objects.filter(user=user).exists(),
    )


def name_of(user) -> str:
    """How a person is called on a page: a child's shown name, else first and last name."""
    child = child_of(user)
    if child is not None:
        return child.display_name
    return user.get_full_name() or user.get_username()


def name_order(path: str) -> tuple[str, ...]:
    """Fields that put rows about people in the order of their names, as :func:`name_of` has them.

    ``path`` names the foreign key to the person's account, e.g. ``"learner"``.
    """
    accounts = get_user_model()
    own = {field.name for field in accounts._meta.fields}
    adult = [name for name in ("first_name", "last_name") if name in own]
    names = ("opora_child__display_name", *adult, accounts.USERNAME_FIELD)
    return tuple(f"{path}__{name}" for name in names)
