"""Files of packages: found by their signed address only, sent once, in the best form."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import brotli
import pytest
from django.test import Client
from moto import mock_aws

from cms.settings.environment import file_storages
from courses.runtimes.delivery.queries import asset_address
from courses.runtimes.packages.models import Tree, package_storage
from courses.runtimes.packages.rules import blob_path
from tests.courses.runtimes.delivery.conftest import path_of

SCRIPT = b"const bridge = 'arch';\n" * 400
FILM = bytes(range(256)) * 2_000
FILES = {
    "js/card.js": SCRIPT,
    "media/film.mp4": FILM,
    "media/sun.png": b"\x89PNG" + bytes(100),
    "fonts/golos.woff2": b"wOF2" + bytes(100),
    "empty.css": b"",
    "work.zzz": b"what is this",
    "index.html": b"<title>\xcc\xee\xf1\xf2</title>",
    "Рисунки/Мост №1.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}

Trees = Callable[[dict[str, bytes]], Tree]


@pytest.fixture
def address(a_tree: Trees, frame: Client) -> Callable[[str], str]:
    tree = a_tree(FILES)
    return lambda path: path_of(asset_address(tree.digest, path))


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("path", FILES)
def test_a_file_comes_as_it_was_brought(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    answer = frame.get(address(path))

    assert answer.status_code == 200
    assert body(answer) == FILES[path]
    assert answer.headers["Content-Length"] == str(len(FILES[path]))


def test_an_address_is_whole_and_begins_with_the_content_origin(
    a_tree: Trees, settings: Any
) -> None:
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    tree = a_tree(FILES)

    base = asset_address(tree.digest)

    assert base.startswith("https://content.example/f/")
    assert base.endswith("/")
    assert asset_address(tree.digest, "js/card.js") == f"{base}js/card.js"
    assert asset_address(tree.digest, "a b#c?d.js") == f"{base}a%20b%23c%3Fd.js"


def test_whoever_has_the_same_files_cannot_make_their_address(a_tree: Trees, frame: Client) -> None:
    tree = a_tree(FILES)
    key = path_of(asset_address(tree.digest)).split("/")[2]
    digest_part, signature = key[:43], key[43:]
    wrong = "A" * len(signature)

    for made_up in (digest_part, digest_part + wrong, tree.digest, key[:-1], f"{key}=", f"{key}A"):
        assert frame.get(f"/f/{made_up}/js/card.js").status_code == 404


def test_a_key_opens_no_other_set_of_files(a_tree: Trees, frame: Client) -> None:
    mine, other = a_tree({"a.js": b"mine"}), a_tree({"b.js": b"other"})

    assert frame.get(path_of(asset_address(mine.digest, "b.js"))).status_code == 404
    assert frame.get(path_of(asset_address(other.digest, "b.js"))).status_code == 200


@pytest.mark.parametrize(
    "path", ["missing.js", "../packages/originals/x", "js", "js/", "js/card.js/", "//js/card.js"]
)
def test_a_path_that_the_set_does_not_have_is_not_found(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    assert frame.get(address("") + path).status_code == 404


def test_an_address_without_a_path_is_not_found(
    frame: Client, address: Callable[[str], str]
) -> None:
    assert frame.get(address("")).status_code == 404


@pytest.mark.parametrize("path", ["JS/Card.JS", "РИСУНКИ/мост №1.SVG"])
def test_a_file_is_found_in_another_case_as_on_the_computer_it_was_made_on(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    assert frame.get(address(path)).status_code == 200


def test_a_file_stays_where_it_is_when_the_secret_key_is_replaced(
    frame: Client, address: Callable[[str], str], settings: Any
) -> None:
    before = address("js/card.js")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-next-one"

    assert frame.get(before).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert frame.get(before).status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("js/card.js", "text/javascript; charset=utf-8"),
        ("media/film.mp4", "video/mp4"),
        ("fonts/golos.woff2", "font/woff2"),
        ("Рисунки/Мост №1.svg", "image/svg+xml"),
        ("empty.css", "text/css; charset=utf-8"),
        # An old page names its encoding itself.
        ("index.html", "text/html"),
        ("work.zzz", "application/octet-stream"),
    ],
)
def test_a_file_is_labelled_by_its_ending(
    frame: Client, address: Callable[[str], str], path: str, kind: str
) -> None:
    answer = frame.get(address(path))

    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.get("Content-Disposition") == (
        "attachment" if path == "work.zzz" else None
    )


def test_a_browser_asks_for_a_file_once(frame: Client, address: Callable[[str], str]) -> None:
    answer = frame.get(address("media/sun.png"))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    etag = answer.headers["ETag"]
    again = frame.get(address("media/sun.png"), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == answer.headers["Cache-Control"]


def test_a_frame_without_an_origin_may_read_a_file(
    frame: Client, address: Callable[[str], str]
) -> None:
    headers = frame.get(address("fonts/golos.woff2")).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpacked"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, GZIP ; q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_text_comes_compressed_as_the_browser_can_read_it(
    frame: Client,
    address: Callable[[str], str],
    accepted: str,
    encoding: str | None,
    unpacked: Callable[[bytes], bytes],
) -> None:
    answer = frame.get(address("js/card.js"), headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert unpacked(answer.content) == SCRIPT


def test_each_form_of_a_file_has_an_etag_of_its_own(
    frame: Client, address: Callable[[str], str]
) -> None:
    etags = {
        frame.get(address("js/card.js"), headers={"Accept-Encoding": accepted}).headers["ETag"]
        for accepted in ("br", "gzip", "")
    }

    assert len(etags) == 3


@pytest.mark.parametrize("path", ["media/sun.png", "empty.css"])
def test_what_gains_nothing_is_not_compressed(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    answer = frame.get(address(path), headers={"Accept-Encoding": "br, gzip"})

    assert "Content-Encoding" not in answer.headers


def test_a_file_is_compressed_once(
    frame: Client, address: Callable[[str], str], another_process: Callable[[], None]
) -> None:
    frame.get(address("js/card.js"), headers={"Accept-Encoding": "br"})
    another_process()
    package_storage().delete(blob_path(_hash_of(SCRIPT)))

    answer = frame.get(address("js/card.js"), headers={"Accept-Encoding": "br"})

    assert brotli.decompress(answer.content) == SCRIPT


def _hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("path", ["media/film.mp4", "js/card.js"])
@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=10-19", 10, 19), ("bytes=-7", -7, None), ("bytes=5-", 5, None)],
)
def test_a_piece_comes_where_a_piece_is_asked_for(
    frame: Client,
    address: Callable[[str], str],
    path: str,
    asked: str,
    first: int,
    last: int | None,
) -> None:
    whole = FILES[path]

    answer = frame.get(address(path), headers={"Range": asked, "Accept-Encoding": "br"})

    wanted = whole[first : last + 1 if last is not None else None]
    assert answer.status_code == 206
    assert body(answer) == wanted
    assert answer.headers["Content-Length"] == str(len(wanted))
    start = first % len(whole)
    assert answer.headers["Content-Range"] == (
        f"bytes {start}-{start + len(wanted) - 1}/{len(whole)}"
    )
    assert "Content-Encoding" not in answer.headers


def test_a_piece_behind_the_end_is_refused_with_the_length(
    frame: Client, address: Callable[[str], str]
) -> None:
    answer = frame.get(address("media/film.mp4"), headers={"Range": f"bytes={len(FILM)}-"})

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize("path", ["media/film.mp4", "media/sun.png"])
def test_a_piece_of_another_file_is_answered_with_the_whole(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    answer = frame.get(address(path), headers={"Range": "bytes=0-1", "If-Range": '"old"'})

    assert (answer.status_code, len(body(answer))) == (200, len(FILES[path]))


@pytest.mark.parametrize("path", FILES)
def test_a_head_request_tells_the_length_and_sends_nothing(
    frame: Client, address: Callable[[str], str], path: str
) -> None:
    answer = frame.head(address(path))

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(FILES[path]))
    assert body(answer) == b""


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_file_is_only_read(frame: Client, address: Callable[[str], str], method: str) -> None:
    assert getattr(frame, method)(address("js/card.js")).status_code == 405


def test_a_warm_file_asks_the_database_nothing(
    frame: Client, address: Callable[[str], str], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        frame.get(address("js/card.js"))
    with django_assert_num_queries(0):
        frame.get(address("media/film.mp4"))
        frame.get(address("js/card.js"), headers={"Accept-Encoding": "br"})
        frame.get(address("missing.js"))


def test_a_file_that_storage_has_lost_is_not_found(frame: Client, a_tree: Trees) -> None:
    small, large = b"lost and never found", bytes(300_000)
    tree = a_tree({"small.txt": small, "large.bin": large})
    for content in (small, large):
        package_storage().delete(blob_path(_hash_of(content)))

    for path in ("small.txt", "large.bin"):
        assert frame.get(path_of(asset_address(tree.digest, path))).status_code == 404


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY": "key", "SECRET_KEY": "secret"}.items():
        monkeypatch.setenv(f"OPORA_S3_{name}", value)
    with mock_aws():
        boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="portal")
        in_bucket = file_storages(Path("unused"), Path("unused"), "portal", "")
        settings.STORAGES = {**settings.STORAGES, **in_bucket}
        yield


def test_files_come_from_a_bucket_too(bucket: None, frame: Client, a_tree: Trees) -> None:
    tree = a_tree(FILES)
    film = path_of(asset_address(tree.digest, "media/film.mp4"))

    script = frame.get(path_of(asset_address(tree.digest, "js/card.js")))
    piece = frame.get(film, headers={"Range": "bytes=3-5"})

    assert body(script) == SCRIPT
    assert body(frame.get(film)) == FILM
    assert (piece.status_code, body(piece)) == (206, FILM[3:6])
