"""What every answer carries, and answers to requests that are refused early."""

import json
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from cms.errors import bad_request

pytestmark = pytest.mark.django_db
TOO_BIG = "a" * 10_000_000


def test_a_public_page_may_load_from_this_site_only() -> None:
    policy = Client().get("/accounts/login/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy


def test_only_the_admin_may_run_inline_scripts() -> None:
    policy = Client().get("/admin/login/").headers["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy


def test_every_answer_carries_the_headers_of_safety() -> None:
    headers = Client().get("/accounts/login/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_personal_page_is_asked_for_again_after_back() -> None:
    assert "no-cache" in Client().get("/accounts/login/").headers["Cache-Control"]


def test_the_interface_is_russian_whatever_the_browser_prefers() -> None:
    answer = Client().get("/accounts/login/", headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "ru"


def test_the_language_switch_is_kept_and_needs_no_token() -> None:
    visitor = Client(enforce_csrf_checks=True)

    visitor.post("/i18n/setlang/", {"language": "en", "next": "/"})

    assert visitor.get("/accounts/login/").headers["Content-Language"] == "en"


def test_an_unknown_language_is_russian() -> None:
    visitor = Client()
    visitor.cookies["django_language"] = "../../etc"

    assert visitor.get("/accounts/login/").headers["Content-Language"] == "ru"


def test_a_form_of_ten_megabytes_is_refused_with_a_sentence() -> None:
    answer = Client().post("/accounts/login/", {"username": TOO_BIG})

    assert answer.status_code == 413
    assert "400.html" in [template.name for template in answer.templates]


def test_json_of_ten_megabytes_is_refused_for_a_machine() -> None:
    request = RequestFactory().post("/", TOO_BIG, content_type="application/json")
    with pytest.raises(RequestDataTooBig) as refusal:
        _ = request.body

    answer = bad_request(request, refusal.value)

    assert answer.status_code == 413
    assert json.loads(answer.content)["error"]


def test_a_host_that_is_not_the_portals_is_refused(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["portal.example", "127.0.0.1"]

    answer = Client(raise_request_exception=False).get("/", headers={"host": "other.example"})

    assert answer.status_code == 400


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    settings.OPORA_UPLOAD_MAX_BYTES = 1_000
    file = SimpleUploadedFile("essay.txt", b"a" * 2_000)

    assert Client().post("/accounts/login/", {"file": file}).status_code == 413


def test_an_editor_may_send_a_larger_file(settings: Any, admin_client: Client) -> None:
    settings.OPORA_UPLOAD_MAX_BYTES = 1_000
    file = SimpleUploadedFile("film.mp4", b"a" * 2_000)

    assert admin_client.post("/admin/documents/multiple/add/", {"files[]": file}).json()["success"]


def test_the_process_says_that_it_is_alive_without_a_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").json() == {"status": "ok"}


def test_the_portal_says_that_it_is_ready() -> None:
    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["problems"]) == (200, [])


def test_a_portal_without_its_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_database() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", no_database)

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["problems"]) == (503, ["database"])
