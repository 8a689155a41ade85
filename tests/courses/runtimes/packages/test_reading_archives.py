"""Unpacking counts bytes and believes nothing; names come out as people wrote them."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.packages.rules import Archive, UnsafeArchive, kind_of
from courses.runtimes.packages.rules.intake import find_problems
from tests.courses.runtimes.packages.archives import STORED, Entry, archive, zip_of

SAFE_NAMES = st.lists(
    st.from_regex(r"[a-z0-9_а-яё]{1,12}(\.(png|json|js))", fullmatch=True).map(
        lambda name: f"content/{name}"
    ),
    unique=True,
    min_size=1,
    max_size=8,
)


@given(names=SAFE_NAMES, contents=st.lists(st.binary(max_size=300_000), min_size=8, max_size=8))
def test_what_an_ordinary_program_packs_comes_out_as_it_went_in(names, contents) -> None:
    files = dict(zip(names, contents, strict=False))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.mkdir("content")
        for name, content in files.items():
            writer.writestr(name, content)

    opened = Archive(packed)

    assert {name: opened.open(name).read() for name in opened.names()} == files
    assert {name: opened.size(name) for name in opened.names()} == {
        name: len(content) for name, content in files.items()
    }
    assert opened.total_size == sum(len(content) for content in files.values())


@given(st.binary(max_size=2_000))
def test_no_bytes_make_the_reader_fall_over(content: bytes) -> None:
    assert isinstance(find_problems(io.BytesIO(content)), list)


@given(
    at=st.integers(0, 400),
    byte=st.integers(0, 255),
    names=st.lists(st.text(max_size=20), max_size=4),
)
def test_no_damage_of_a_byte_makes_the_reader_fall_over(at: int, byte: int, names) -> None:
    clean = [name.encode("utf-8", "replace") for name in names]
    content = bytearray(archive("h5p.json", *(Entry(name) for name in clean)).getvalue())
    content[at % len(content)] = byte

    with contextlib.suppress(UnsafeArchive):
        opened = Archive(io.BytesIO(bytes(content)))
        for name in opened.names():
            opened.open(name).read()


@given(st.text(min_size=1, max_size=30))
def test_a_name_that_leads_out_of_the_archive_is_never_taken(text: str) -> None:
    for name in (f"../{text}", f"a/../{text}", f"/{text}", f"a\\{text}", f"C:{text}"):
        assert find_problems(archive(Entry(name.encode("utf-8", "replace"))))


def damaged(entry: Entry) -> list[tuple[str, str]]:
    with pytest.raises(UnsafeArchive) as refused:
        Archive(archive("ok.png", entry)).open("a.png").read()
    return [(problem.code, problem.path) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "lie",
    [{"size": 2}, {"size": 4}, {"crc": 1}, {"size": 1_000_000}],
    ids=["longer", "shorter", "other", "much shorter"],
)
def test_content_that_is_not_as_declared_is_refused_while_it_is_unpacked(lie: dict) -> None:
    entry = Entry("a.png", local=lie, central=lie)

    assert damaged(entry) == [("damaged_file", "a.png")]


def test_a_bomb_that_declares_little_is_stopped_at_what_it_declared() -> None:
    lie = {"size": 100_000}
    bomb = Entry("a.png", b"\0" * 5_000_000, local=lie, central=lie)
    counted: list[int] = []
    opened = Archive(archive(bomb), on_read=counted.append)

    with pytest.raises(UnsafeArchive):
        opened.open("a.png").read()

    assert max(counted, default=0) <= 100_000


@pytest.mark.parametrize("packed", [b"", b"\xff\xff\xff", b"\x03"])
def test_bytes_that_cannot_be_unpacked_are_refused(packed: bytes) -> None:
    assert damaged(Entry("a.png", packed=packed)) == [("damaged_file", "a.png")]


def test_two_files_can_be_read_by_turns() -> None:
    opened = Archive(archive(Entry("a", b"a" * 200_000), Entry("b", b"b" * 200_000, method=STORED)))
    first, second = opened.open("a"), opened.open("b")

    pieces = [(first.read(70_000), second.read(70_000)) for _ in range(3)]

    assert b"".join(piece for piece, _ in pieces) == b"a" * 200_000
    assert b"".join(piece for _, piece in pieces) == b"b" * 200_000


def test_progress_counts_the_bytes_of_all_files() -> None:
    counted: list[int] = []
    opened = Archive(archive(Entry("a", b"a" * 100), Entry("b", b"b" * 50)), counted.append)

    for name in opened.names():
        opened.open(name).read()

    assert counted == [100, 150]


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("картинка.png".encode(), 1 << 11, "картинка.png"),
        ("картинка.png".encode(), 0, "картинка.png"),
        ("Картинка.png".encode("cp866"), 0, "Картинка.png"),
        ("café.png".encode("cp437"), 0, "café.png"),
        (b"plain.png", 0, "plain.png"),
    ],
    ids=["promised", "macOS", "Windows in Russian", "as the standard says", "ASCII"],
)
def test_names_are_read_as_the_program_meant_them(raw: bytes, flags: int, name: str) -> None:
    assert list(Archive(archive(Entry(raw, flags=flags))).names()) == [name]


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["h5p.json", "content/content.json"], "h5p"),
        (["imsmanifest.xml", "index.html"], "scorm"),
        (["IMSManifest.XML"], "scorm"),
        (["course/imsmanifest.xml", "course/index.html"], "scorm"),
        (["a/b/imsmanifest.xml"], None),
        (["content/h5p.json"], None),
        (["index.html"], None),
    ],
)
def test_the_kind_is_told_by_the_file_that_says_so(names: list[str], kind: str | None) -> None:
    assert kind_of(Archive(io.BytesIO(zip_of(names))).names()) == kind
