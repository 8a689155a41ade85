"""Environment variables alone scale the portal out; unsafe ones stop it with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment

SAFE = {
    "OPORA_SECRET_KEY": "k9" * 32,
    "OPORA_SITE_URL": "https://portal.example",
    "OPORA_CONTENT_ORIGIN": "https://content.example",
}


def settings_with(project_dir: Path, expression: str, **variables: str) -> str:
    """What ``expression`` over production ``settings`` prints in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
    code = f"from django.conf import settings\nprint({expression})"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "DJANGO_SETTINGS_MODULE": "cms.settings.production", **variables},
        cwd=project_dir,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


def test_production_without_a_secret_key_does_not_start(project_dir: Path) -> None:
    said = settings_with(project_dir, "settings.DEBUG", OPORA_SITE_URL="https://portal.example")

    assert "Set the environment variable OPORA_SECRET_KEY" in said


def test_production_without_its_own_address_does_not_start(project_dir: Path) -> None:
    said = settings_with(project_dir, "settings.DEBUG", OPORA_SECRET_KEY="k9" * 32)

    assert "Set the environment variable OPORA_SITE_URL" in said


def test_production_without_an_address_for_packages_does_not_start(project_dir: Path) -> None:
    without = {name: value for name, value in SAFE.items() if name != "OPORA_CONTENT_ORIGIN"}

    said = settings_with(project_dir, "settings.DEBUG", **without)

    assert "Set the environment variable OPORA_CONTENT_ORIGIN" in said


def test_production_takes_its_host_names_from_its_addresses(project_dir: Path) -> None:
    said = settings_with(project_dir, "settings.ALLOWED_HOSTS, settings.DEBUG", **SAFE)

    assert said == "['portal.example', 'content.example'] False"


def test_production_answers_on_the_address_for_packages_whatever_the_host_names(
    project_dir: Path,
) -> None:
    said = settings_with(
        project_dir, "settings.ALLOWED_HOSTS", OPORA_HOSTS="www.portal.example", **SAFE
    )

    assert said == "['www.portal.example', 'content.example']"


def test_packages_play_on_the_number_of_a_developers_own_computer(project_dir: Path) -> None:
    said = settings_with(
        project_dir,
        "settings.SITE_URL, settings.OPORA_CONTENT_ORIGIN",
        DJANGO_SETTINGS_MODULE="cms.settings.development",
        PORT="8123",
    )

    assert said == "http://localhost:8123 http://127.0.0.1:8123"


def test_a_redis_address_moves_the_cache_and_the_tasks(project_dir: Path) -> None:
    said = settings_with(
        project_dir,
        "settings.CACHES['default']['BACKEND'], settings.TASKS['default']['BACKEND'],"
        "settings.BROKER_URL",
        OPORA_REDIS_URL="redis://127.0.0.1:6379/0",
        **SAFE,
    )

    assert "RedisCache" in said
    assert "CeleryBackend" in said
    assert "redis://127.0.0.1:6379/0" in said


def test_a_bucket_moves_the_files(project_dir: Path) -> None:
    said = settings_with(
        project_dir,
        "[settings.STORAGES[name]['OPTIONS']['location'] for name in ('default', 'private')],"
        "settings.STORAGES['default']['BACKEND'], settings.CONTENT_SECURITY_POLICY",
        OPORA_S3_BUCKET="portal",
        OPORA_S3_PUBLIC_URL="https://files.portal.example",
        **SAFE,
    )

    assert "['media', 'private']" in said
    assert "S3Storage" in said
    assert "https://files.portal.example" in said


def test_a_postgresql_address_is_read_with_its_escapes_and_options() -> None:
    database = environment.database_from_url(
        "postgres://opora:p%40ss@db.example:5433/por%20tal?sslmode=require"
    )

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("opora", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example", 5433)
    assert database["NAME"] == "por tal"
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]


@pytest.mark.parametrize("url", ["mysql://db/opora", "postgres://db", "postgres://db/"])
def test_another_address_of_a_database_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgres://user:password@host"):
        environment.database_from_url(url)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("1", True), ("YES", True), ("on", True), ("0", False), ("no", False), ("", True)],
)
def test_a_flag_reads_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool
) -> None:
    monkeypatch.setenv("OPORA_TRIED", value)

    assert environment.flag("OPORA_TRIED", default=True) is meaning


def test_the_secret_of_a_development_portal_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"

    secret = environment.kept_secret(path)

    assert len(secret) == 64
    assert environment.kept_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("setting", ["CSRF_COOKIE_SECURE", "SESSION_COOKIE_SECURE"])
def test_cookies_of_a_public_portal_travel_only_encrypted(project_dir: Path, setting: str) -> None:
    assert settings_with(project_dir, f"settings.{setting}", **SAFE) == "True"


def test_cookies_of_a_public_portal_belong_to_its_host_alone(project_dir: Path) -> None:
    said = settings_with(
        project_dir, "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME", **SAFE
    )

    assert said == "__Host-sessionid __Host-csrftoken"
