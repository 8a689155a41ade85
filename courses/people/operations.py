"""Everything that changes rows about people."""

import re
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from courses.people.errors import UserNameTaken, WeakPin
from courses.people.models import ChildProfile, Guardianship

PIN = re.compile(r"(?!([0-9])\1+$)[0-9]{4,8}")


@transaction.atomic
def create_child(
    *, user_name: str, pin: str, display_name: str, birth_year: int, birth_month: int
) -> ChildProfile:
    """Make a child's account: a user name and a PIN, no e-mail anywhere.

    Raises:
        WeakPin: not four to eight digits, or all of them the same.
        UserNameTaken: somebody has this user name.
    """
    if not PIN.fullmatch(pin):
        raise WeakPin
    account = get_user_model()
    user = account(**{account.USERNAME_FIELD: user_name})
    user.set_password(pin)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise UserNameTaken from None
    return ChildProfile.objects.create(
        user=user, display_name=display_name, birth_year=birth_year, birth_month=birth_month
    )


@transaction.atomic
def link_guardian(*, guardian, child: ChildProfile, at: datetime) -> Guardianship:
    """Put ``child`` in the care of ``guardian`` from the moment ``at``; asking twice is once."""
    link, _created = Guardianship.objects.get_or_create(
        guardian=guardian, child=child, ended_at=None, defaults={"started_at": at}
    )
    return link


def end_guardianship(*, guardian, child: ChildProfile, at: datetime) -> None:
    """End the adult's access to the child at once; the link stays as history."""
    Guardianship.objects.in_force(at).filter(guardian=guardian, child=child).update(ended_at=at)
