"""The whole portal by one command: database, static files, web server, worker and timetable."""

import os
import signal
import socket
import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cms.checks import refuse_demo_accounts
from cms.processes import Child, ChildKeepsDying
from cms.queue import Timetable, requeue_abandoned
from cms.static_files import collect_if_changed


class Command(BaseCommand):
    """Prepares what is missing, then keeps the web server and the worker running."""

    help = "Prepare and run the whole portal: web server, background worker and periodic tasks."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="network address to listen on")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--threads", type=int, default=8, help="requests answered at a time")

    def handle(self, *_args: Any, host: str, port: int, threads: int, **_options: Any) -> None:
        """Run until SIGINT or SIGTERM.

        Raises:
            CommandError: the port is taken, or a process cannot be kept running.
        """
        if _answers(host, port):
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        # The portal's own addresses hold the port; the processes below read them anew.
        os.environ["PORT"] = str(port)
        self._prepare()
        stopping = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        children = _children(host, port, threads)
        try:
            self._run(children, stopping, host, port)
        except ChildKeepsDying as death:
            raise CommandError(
                f"The {death} does not stay up; its own message is above."
            ) from death
        finally:
            for child in children:
                child.ask_to_stop()
            for child in children:
                child.stop()
        self.stdout.write("Stopped.")

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        if settings.OPORA_DEMO and not get_user_model().objects.exists():
            self.stdout.write("Loading the demonstration …")
            call_command("load_demo")
        refuse_demo_accounts()
        if not settings.DEBUG and collect_if_changed():
            self.stdout.write("Collected the static files.")

    def _run(self, children: list[Child], stopping: Event, host: str, port: int) -> None:
        web, *others = children
        web.start()
        while not _answers(host, port):
            if stopping.wait(0.2):
                return
            self._revive([web])
        self._announce(port)
        for child in others:
            child.start()
        timetable = Timetable({} if settings.BROKER_URL else settings.OPORA_PERIODIC_TASKS)
        while not stopping.wait(0.5):
            self._revive(children)
            timetable.enqueue_due()

    def _revive(self, children: list[Child]) -> None:
        for child in children:
            if child.keep_running():
                self.stderr.write(f"The {child.name} ended by itself; started again.")

    def _announce(self, port: int) -> None:
        self.stdout.write(f"\n  The portal: http://localhost:{port}\n")
        if settings.OPORA_DEMO:
            call_command("load_demo", accounts=True, stdout=self.stdout)
        self.stdout.write("\n  Ctrl+C stops it.\n")
        self.stdout.flush()


def _answers(host: str, port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _children(host: str, port: int, threads: int) -> list[Child]:
    granian = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", "1"),
        *("--blocking-threads", str(threads), "--log-level", "error", "cms.wsgi:application"),
    ]
    children = [Child("web server", granian)]
    if not settings.BROKER_URL:
        worker = [
            *(sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker"),
            *(
                "--skip-checks",
                "--no-reload",
                "--no-startup-delay",
                "--interval",
                "0.5",
                "--verbosity",
                "0",
            ),
        ]
        # It is the only worker: what is still marked as running was cut off.
        children.append(
            Child("worker", worker, lambda: requeue_abandoned(started_before=timezone.now()))
        )
    return children
