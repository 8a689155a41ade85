"""How fast the portal is, on SQLite and on PostgreSQL."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from cms.bench.played import ASSET, CASES
from cms.bench.report import Row, compared, grown, line_of, title, write
from cms.bench.run import POSTGRESQL, SQLITE, measure, postgres_answers
from cms.bench.sizes import MORE, SIZES

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"


class Command(BaseCommand):
    """Each database is built anew in a folder of its own; the portal's data is not touched."""

    help = "Measure the speed of the portal and write the figures into var/bench.json."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to measure."""
        parser.add_argument("--size", choices=SIZES, default="usual", help="how much data")
        parser.add_argument("--quick", action="store_true", help="a minute instead of a long while")
        parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], help="only this one")
        parser.add_argument("--postgres", default=POSTGRES, help="the address of the server")
        parser.add_argument("--output", type=Path, default=settings.VAR_DIR / "bench.json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each row as it comes, and write them all at the end."""
        size = SIZES["quick" if options["quick"] else options["size"]]
        databases = [options["database"]] if options["database"] else [SQLITE, POSTGRESQL]
        if POSTGRESQL in databases and not postgres_answers(options["postgres"]):
            self.stderr.write("Not measured on PostgreSQL: none answers; --postgres names another.")
            databases.remove(POSTGRESQL)
        rows: list[Row] = []
        self.stdout.write(title())
        for database in databases:
            for row in measure(database, size, postgres_url=options["postgres"]):
                rows.append(row)
                self.stdout.write(line_of(row))
                self.stdout.flush()
        write(rows, options["output"])
        for case in ("course page, learner", ASSET):
            for sentence in compared(rows, case, "floor"):
                self.stdout.write(sentence)
        for case in CASES:
            for sentence in grown(rows, case, MORE):
                self.stdout.write(sentence)
        self.stdout.write(f"Written into {options['output']}.")
