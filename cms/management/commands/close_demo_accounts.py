"""Closing the demonstration's accounts before a portal goes public."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand


class Command(BaseCommand):
    """Deactivates instead of deleting: learners' records are protected."""

    help = "Close all demo accounts: their well-known passwords stop working."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Close the accounts that are open and say how many there were."""
        people = get_user_model().objects.filter(is_demo=True, is_active=True)
        count = people.count()
        for person in people:
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
        self.stdout.write(f"Closed {count} demo accounts.")
