"""Each class of malicious archive is refused before a byte is unpacked, by its name."""

import pytest

from courses.runtimes.packages.rules import Archive, UnsafeArchive, find_problems
from courses.runtimes.packages.rules.intake import MEGABYTE
from tests.courses.runtimes.packages.archives import (
    AES,
    BZIP2,
    DEFLATE64,
    DEVICE,
    FIFO,
    LZMA,
    STORED,
    SYMLINK,
    Entry,
    archive,
    large_sizes,
)


def told(file) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in find_problems(file)]


def codes(file) -> set[str]:
    return {problem.code for problem in find_problems(file)}


def test_an_ordinary_archive_has_no_problems() -> None:
    assert told(archive("h5p.json", "content/content.json", "content/картинка é.png")) == []


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [
        ("/etc/passwd", "absolute_path", "/etc/passwd"),
        ("../evil.js", "parent_path", "../evil.js"),
        ("content/../../evil.js", "parent_path", "content/../../evil.js"),
        ("content/..", "parent_path", "content/.."),
        ("content\\evil.js", "backslash", "content\\evil.js"),
        ("..\\evil.js", "backslash", "..\\evil.js"),
        ("C:/evil.js", "drive_letter", "C:/evil.js"),
        ("c:evil.js", "drive_letter", "c:evil.js"),
        ("content/a.png\x00.js", "control_character", "content/a.png\\x00.js"),
        ("content/a\nb.png", "control_character", "content/a\\x0ab.png"),
        ("", "odd_name", ""),
        ("content//a.png", "odd_name", "content//a.png"),
        ("./a.png", "odd_name", "./a.png"),
        ("content/a.zip", "nested_archive", "content/a.zip"),
        ("content/A.RAR", "nested_archive", "content/A.RAR"),
        ("content/a.tar.gz", "nested_archive", "content/a.tar.gz"),
        ("inner.h5p", "nested_archive", "inner.h5p"),
    ],
)
def test_a_harmful_name_is_refused_and_shown(name: str, code: str, shown: str) -> None:
    assert told(archive("h5p.json", Entry(name))) == [(code, shown)]


def test_a_very_long_name_is_refused_and_shown_short() -> None:
    [(code, shown)] = told(archive(Entry("a" * 60_000 + ".png")))

    assert code == "odd_name"
    assert shown.startswith("aaa")
    assert shown.endswith(".png")
    assert len(shown) < 200


def test_a_name_that_promised_utf_8_and_is_none_is_refused() -> None:
    assert told(archive(Entry(b"\xff\xfe.png"))) == [("odd_name", "ÿþ.png")]


@pytest.mark.parametrize("attributes", [SYMLINK, FIFO, DEVICE])
def test_links_and_devices_are_refused(attributes: int) -> None:
    link = Entry("content/link", b"/etc/passwd", attributes=attributes)

    assert told(archive("h5p.json", link)) == [("special_file", "content/link")]


@pytest.mark.parametrize("flags", [1 << 0, 1 << 0 | 1 << 6, 1 << 13])
def test_encrypted_files_are_refused(flags: int) -> None:
    assert told(archive(Entry("a.png", flags=flags))) == [("encrypted", "a.png")]


def test_files_encrypted_by_aes_are_refused() -> None:
    assert told(archive(Entry("a.png", method=AES))) == [("encrypted", "a.png")]


@pytest.mark.parametrize("method", [BZIP2, DEFLATE64, LZMA, 93, 98])
def test_unusual_ways_of_packing_are_refused(method: int) -> None:
    assert told(archive(Entry("a.png", method=method))) == [("unknown_method", "a.png")]


def test_one_name_for_two_different_files_is_refused() -> None:
    file = archive("h5p.json", Entry("a.png", b"harmless"), Entry("a.png", b"harmful"))

    assert told(file) == [("repeated_name", "a.png")]


def test_a_file_that_was_written_twice_alike_is_one_file() -> None:
    file = archive(Entry("a.png", b"sun"), Entry("b.png"), Entry("a.png", b"sun"))

    assert list(Archive(file).names()) == ["a.png", "b.png"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.png", "A.png"),
        ("content/a.png", "Content/a.png"),
        ("straße.png", "STRASSE.png"),
        ("й.png", "и\u0306.png"),
        ("content", "content/a.png"),
        ("content", "Content/deep/a.png"),
        ("content", "content/"),
    ],
)
def test_names_that_some_computers_take_for_one_are_refused(first: str, second: str) -> None:
    second_entry = Entry(second, b"" if second.endswith("/") else b"rain")

    assert codes(archive(Entry(first), second_entry)) == {"case_collision"}


def test_more_files_than_allowed_are_refused_with_their_number() -> None:
    [problem] = find_problems(archive(*(f"{n}.txt" for n in range(5_001))))

    assert (problem.code, problem.details) == ("too_many_files", {"count": 5_001, "limit": 5_000})
    assert find_problems(archive(*(f"{n}.txt" for n in range(5_000)))) == []


def declared(name: str, size: int, packed: int) -> Entry:
    """A file that is said to have these sizes, in both headers, with bytes of ``packed``."""
    sizes = {"size": size, "packed": packed}
    return Entry(name, packed=b"\0" * packed, local=sizes, central=sizes)


def test_more_bytes_than_allowed_are_refused_in_megabytes() -> None:
    parts = [declared(f"{n}.mp4", 60 * MEGABYTE, MEGABYTE) for n in range(9)]

    [problem] = find_problems(archive(*parts))

    assert (problem.code, problem.details) == ("too_big_unpacked", {"size": 540, "limit": 500})


def test_a_file_that_explodes_is_refused() -> None:
    bomb = declared("bomb.txt", 9 * MEGABYTE, 50_000)

    assert told(archive(bomb)) == [("too_packed_file", "bomb.txt")]


def test_many_small_files_that_explode_together_are_refused() -> None:
    parts = [declared(f"{n}.txt", MEGABYTE, 1_000) for n in range(11)]

    assert codes(archive(*parts)) == {"too_packed"}


def test_a_small_file_may_shrink_as_much_as_it_can() -> None:
    assert find_problems(archive(Entry("blank.txt", b" " * 900_000))) == []


def test_all_problems_are_told_at_once() -> None:
    file = archive(
        Entry("../a"),
        Entry("b\\c"),
        Entry("d.zip"),
        Entry("e", attributes=SYMLINK),
        Entry("f", flags=1),
        Entry("g", method=BZIP2),
        declared("h", 200 * MEGABYTE, 100),
    )

    assert codes(file) == {
        "parent_path",
        "backslash",
        "nested_archive",
        "special_file",
        "encrypted",
        "unknown_method",
        "too_packed",
        "too_packed_file",
    }


def test_a_long_list_is_cut_and_says_how_many_more_there_are() -> None:
    problems = find_problems(archive(*(f"{n}.zip" for n in range(4_000))))

    assert len(problems) == 21
    assert (problems[-1].path, problems[-1].details) == ("", {"more": 3_980})


# Archives that can be read in two ways, or not at all.


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_told_so(content: bytes) -> None:
    file = archive()
    file.seek(0)
    file.truncate()
    file.write(content)

    assert codes(file) == {"not_an_archive"}


@pytest.mark.parametrize(
    "lie",
    [
        {"entries": 1, "here": 1},
        {"entries": 3, "here": 3},
        {"here": 1},
        {"disk": 1},
        {"size": 10},
        {"size": 2**31},
        {"offset": 0},
        {"offset": 2**32 - 2},
        {"before": b"GIF89a"},
        {"after": b"\0"},
        {"after": b"\0" * 70_000},
        {"comment": b"PK\x05\x06" + b"\0" * 18},
    ],
)
def test_an_end_that_contradicts_the_rest_is_refused(lie: dict) -> None:
    assert codes(archive("a.png", "b.png", **lie)) in ({"broken_archive"}, {"not_an_archive"})


@pytest.mark.parametrize(
    "zip64",
    [
        {"entries": 1, "here": 1},
        {"size": 10},
        {"offset": 1},
        {"length": 45},
        {"length": 2**60},
        {"at": 0},
        {"at": 2**62},
    ],
)
def test_a_second_end_that_tells_something_else_is_refused(zip64: dict) -> None:
    assert codes(archive("a.png", "b.png", zip64=zip64)) == {"broken_archive"}


def test_a_large_archive_is_read_when_both_its_ends_agree() -> None:
    marks = {"here": 0xFFFF, "entries": 0xFFFF, "size": 0xFFFFFFFF, "offset": 0xFFFFFFFF}

    assert list(Archive(archive("a.png", zip64={}, **marks)).names()) == ["a.png"]
    assert list(Archive(archive("a.png", zip64={})).names()) == ["a.png"]


def test_a_large_size_is_read_where_it_stands() -> None:
    packed = Entry("a.png").facts["packed"]
    marked = {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF, "extra": large_sizes(3, packed)}
    entry = Entry("a.png", central=marked, local=marked)

    assert Archive(archive(entry)).open("a.png").read() == b"sun"


def test_a_size_that_hides_in_the_extra_field_is_counted() -> None:
    hidden = {"size": 0xFFFFFFFF, "extra": large_sizes(600 * MEGABYTE)}

    assert "too_big_unpacked" in codes(archive(Entry("a.png", central=hidden)))


@pytest.mark.parametrize("extra", [b"", b"\x01\x00", large_sizes(), b"\x01\x00\xff\xff\0\0\0\0"])
def test_a_size_that_is_nowhere_is_refused(extra: bytes) -> None:
    entry = Entry("a.png", central={"size": 0xFFFFFFFF, "extra": extra})

    assert codes(archive(entry)) == {"broken_archive"}


@pytest.mark.parametrize(
    "lie",
    [
        {"name": b"b.js"},
        {"name": b"a.pn"},
        {"method": STORED},
        {"flags": 1},
        {"size": 2},
        {"packed": 1},
        {"crc": 1},
    ],
)
def test_a_file_whose_own_header_tells_something_else_is_refused(lie: dict) -> None:
    assert told(archive("ok.png", Entry("a.png", local=lie))) == [("broken_entry", "a.png")]


def test_sizes_may_follow_the_file_as_streaming_programs_write_them() -> None:
    later = {"crc": 0, "size": 0, "packed": 0}
    entry = Entry("a.png", flags=1 << 3, local=later)

    assert Archive(archive(entry)).open("a.png").read() == b"sun"


def test_files_that_share_bytes_are_refused() -> None:
    shared = [Entry(f"{n}.txt", central={"offset": 0}, local={"name": b"0.txt"}) for n in range(3)]

    assert codes(archive(*shared)) == {"broken_entry"}


def test_a_file_that_hides_in_another_one_is_refused() -> None:
    hidden = archive(Entry("b.js")).getvalue()
    outer = Entry("a.png", hidden, method=STORED)
    inner = Entry("b.js", central={"offset": 30 + len("a.png")})

    assert told(archive(outer, inner)) == [("broken_entry", "b.js")]


@pytest.mark.parametrize("following", [["b"], []], ids=["the next one", "the directory"])
def test_a_file_that_reaches_into_what_follows_is_refused(following: list[str]) -> None:
    sizes = {"packed": 20}

    assert "broken_entry" in codes(archive(Entry("a", local=sizes, central=sizes), *following))


@pytest.mark.parametrize("offset", [1, 5_000, 2**32 - 2])
def test_a_file_that_is_not_there_is_refused(offset: int) -> None:
    assert told(archive("ok", Entry("a", central={"offset": offset}))) == [("broken_entry", "a")]


def test_a_folder_that_has_content_is_refused() -> None:
    assert told(archive(Entry("content/", b"hidden"))) == [("broken_entry", "content/")]


def test_nobody_can_open_a_refused_archive() -> None:
    with pytest.raises(UnsafeArchive) as refused:
        Archive(archive("../a", "b.zip"))

    assert {problem.code for problem in refused.value.problems} == {
        "parent_path",
        "nested_archive",
    }
