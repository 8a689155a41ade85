"""The demonstration: a portal with two courses and a life already in it."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from home.demo.accounts import demo_accounts
from home.demo.loader import DemoRefused, load_demo


class Command(BaseCommand):
    help = "Load the demonstration into a new database; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only the list of accounts is asked for by ``--accounts``."""
        parser.add_argument("--accounts", action="store_true", help="list the demo accounts only")

    def handle(self, *_args: Any, accounts: bool, **_options: Any) -> None:
        """Load what is missing.

        Raises:
            CommandError: demo mode is off, or the database holds a portal of its own.
        """
        if not settings.OPORA_DEMO:
            raise CommandError(
                "Demo accounts have passwords that everybody knows. "
                "Set OPORA_DEMO=1 to load them, on a portal that is only for show."
            )
        if accounts:
            self._list_accounts()
            return
        # Wagtail tells of every page it makes; here the whole matters.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            loaded = load_demo(at=timezone.now())
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        said = "The demonstration is loaded." if loaded else "The demonstration is here already."
        self.stdout.write(said)

    def _list_accounts(self) -> None:
        for account in demo_accounts():
            secret = f"{'PIN' if account.role == 'child' else 'password'} {account.secret}"
            self.stdout.write(
                f"  {account.user_name:<10}{secret:<22}{account.role}, {account.name}"
            )
