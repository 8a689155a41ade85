"""The groups of those who edit the portal."""

from typing import Any

from django.core.management import BaseCommand

from home.operations import make_roles


class Command(BaseCommand):
    help = "Make the groups of authors and editors with their rights; safe to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is missing and say the names."""
        authors, editors = make_roles()
        self.stdout.write(f"Groups: {authors.name}, {editors.name}.")
