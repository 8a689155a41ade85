"""Measuring one database from the first row to the last."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cms.bench.playing import PLAN as PLAYED
from cms.bench.prepare import PLAN
from cms.bench.report import Row
from cms.bench.server import HOST, Server, serving
from cms.bench.sizes import GROWTH, Size

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Loss(Exception):
    """What was acknowledged is not to be found, or a response is not the one expected."""


def measure(database: str, size: Size, *, postgres_url: str) -> Iterator[Row]:
    """All rows of one database, each as soon as it is known.

    Raises:
        Loss: see there.
        subprocess.CalledProcessError: the portal to measure could not be built.
    """
    with _portal(database, postgres_url) as environment:
        run = _Run(database, size, environment)
        run.python("prepare", size.name)
        with serving(environment) as server:
            yield from run.ask_all(server, run.plan(PLAN))
        yield from _measure_packages(run)
        for learners in size.publishings:
            measured = json.loads(run.python("publishing", str(learners)))
            yield run.row(f"publish 50 steps, {learners:,} inside", 1, measured)


def _measure_packages(run: "_Run") -> Iterator[Row]:
    films = run.size.films
    for kind, name in (("h5p", "H5P"), ("scorm", "SCORM")):
        measured = json.loads(run.python("importing", kind, str(films)))
        yield run.row(f"import of {films} MB, {name}", 1, measured)
    for factor in (1, GROWTH):
        run.python("playing", run.size.name, str(factor))
        plan = run.plan(PLAYED)
        with serving(run.environment) as server:
            if factor == 1:
                yield from run.start(server, plan["starts"])
            yield from run.ask_all(server, plan["cases"])


class _Run:
    def __init__(self, database: str, size: Size, environment: dict[str, str]) -> None:
        self.database, self.size, self.environment = database, size, environment

    def python(self, module: str, *arguments: str, said: Any = None) -> str:
        """What ``python -m cms.bench.<module>`` writes in the environment of the run."""
        command = [sys.executable, "-m", f"cms.bench.{module}", *arguments]
        done = subprocess.run(  # noqa: S603 - our own arguments
            command,
            env=self.environment,
            cwd=settings.BASE_DIR,
            input=json.dumps(said),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def plan(self, name: str) -> Any:
        return json.loads(Path(self.environment["OPORA_VAR_DIR"], name).read_text())

    def start(self, server: Server, starts: Mapping[str, Any]) -> Iterator[Row]:
        """Start each of the frames as by a new browser, and again as by one that was here."""
        kept: list[str] = []
        for name in ("cold", "warm"):
            spec = {**starts, "host": HOST, "port": server.port, "kept": kept}
            before = server.cpu_seconds
            measured = json.loads(self.python("starting", said=spec))
            spent = 1000 * (server.cpu_seconds - before)
            if measured["statuses"] != [200]:
                raise Loss(f"{name} start: answered with {measured['statuses']}.")
            kept = measured["kept"]
            measured["cpu_ms"] = spent / measured["requests"]
            yield self.row(f"H5P, {name} start", 1, measured)

    def ask_all(self, server: Server, cases: list[dict[str, Any]]) -> Iterator[Row]:
        for case in cases:
            for clients in self.size.clients:
                yield self.ask(server, case, clients)

    def ask(self, server: Server, case: dict[str, Any], clients: int) -> Row:
        spec = {
            "host": HOST,
            "port": server.port,
            "clients": clients,
            "seconds": self.size.seconds,
            "once": case["once"],
            "warm": case["warm"],
            "acknowledges": case["acknowledges"],
            "requests": _enough(case["requests"][str(clients)], clients),
        }
        before = server.cpu_seconds
        measured = json.loads(self.python("client", said=spec))
        spent = 1000 * (server.cpu_seconds - before)
        if measured["statuses"] != [case["status"]]:
            raise Loss(f"{case['name']}: answered with {measured['statuses']}.")
        if case["acknowledges"]:
            self._refuse_losses(case, measured)
        return self.row(case["name"], clients, {**measured, "cpu_ms": spent / measured["requests"]})

    def _refuse_losses(self, case: dict[str, Any], measured: dict[str, Any]) -> None:
        uids = measured["acknowledged"]
        lost = int(self.python("acknowledged", case["kept_as"], said=uids))
        if lost or len(uids) < measured["requests"] * case["acknowledges"]:
            of = f"{len(uids)} acknowledged {case['kept_as']}"
            raise Loss(f"{case['name']}: {lost} of {of} were lost.")

    def row(self, case: str, clients: int, measured: dict[str, Any]) -> Row:
        return Row(
            case=case,
            database=self.database,
            size=self.size.name,
            clients=clients,
            rps=round(measured["rps"], 1),
            p50_ms=round(measured["p50_ms"], 2),
            p95_ms=round(measured["p95_ms"], 2),
            cpu_ms=round(measured["cpu_ms"], 2),
            queries=measured["queries"],
            bytes=measured["bytes"],
            fetches=measured.get("fetches", 1),
            peak_mb=round(measured.get("peak_mb", 0), 1),
        )


def _enough(requests: list[Any], clients: int) -> list[Any]:
    """At least one request for each client."""
    return requests * -(-clients // len(requests)) if len(requests) < clients else requests


@contextmanager
def _portal(database: str, postgres_url: str) -> Iterator[dict[str, str]]:
    """The environment of a portal with a folder and a database of its own, both thrown away."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("OPORA_")}
    with TemporaryDirectory(prefix="opora-bench-", dir=_folder()) as folder:
        environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "cms.bench.settings",
            "OPORA_VAR_DIR": folder,
            "OPORA_DEBUG": "0",
        }
        if database == SQLITE:
            yield environment
        else:
            with _postgres_database(postgres_url) as url:
                yield environment | {"OPORA_DATABASE_URL": url}


def _folder() -> Path:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return settings.VAR_DIR


@contextmanager
def _postgres_database(server_url: str) -> Iterator[str]:
    """The address of a new database on the server, dropped afterwards."""
    import psycopg

    name = f"opora_bench_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def postgres_answers(server_url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(server_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
