"""Many files of libraries become two, and nothing is lost on the way."""

import json

from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.h5p.rules import joined_scripts, joined_styles

ADDRESSES = {"H5P.A-1.0": "/f/aaa/", "H5P.B-1.2": "/f/bbb/"}


def all_large(_folder: str, _path: str) -> None:
    return None


def joined(*texts: str, path: str = "css/a.css", small=all_large) -> str:
    return joined_styles([("H5P.A-1.0", path, text) for text in texts], ADDRESSES, small)


def test_files_are_named_by_the_address_of_their_library() -> None:
    assert joined("a{b:url(../img/x.png)}") == 'a{b:url("/f/aaa/img/x.png")}\n'
    assert joined("a{b:url('x.woff?v=1#i')}") == 'a{b:url("/f/aaa/css/x.woff?v=1#i")}\n'
    assert joined('a{b:url( "x.png" )}', path="a.css") == 'a{b:url("/f/aaa/x.png")}\n'


def test_files_of_a_neighbour_are_found_too() -> None:
    assert joined("a{b:url(../../H5P.B-1.2/x.png)}") == 'a{b:url("/f/bbb/x.png")}\n'


def test_what_is_no_file_of_a_library_stays_as_it_is() -> None:
    for address in ("data:image/png;base64,AA==", "#arrow", "/x.png", "../../../../x.png"):
        assert address in joined(f"a{{b:url({address})}}")
    for text in ("a{b:url(https://else.example/x.png)}", 'a{content:"url(x.png)"}', "/* url(x) */"):
        assert joined(text) == f"{text}\n"


def test_a_small_picture_costs_no_request() -> None:
    def small(folder: str, path: str) -> bytes | None:
        return b"<svg/>" if (folder, path) == ("H5P.A-1.0", "img/dot.svg") else None

    assert "data:image/svg+xml;base64,PHN2Zy8+" in joined("a{b:url(../img/dot.svg)}", small=small)
    assert "/f/aaa/img/else.svg" in joined("a{b:url(../img/else.svg)}", small=small)
    # A part of a picture is asked for by its own name.
    assert "/f/aaa/img/dot.svg#part" in joined("a{b:url(../img/dot.svg#part)}", small=small)


def test_a_sheet_that_was_left_open_does_not_swallow_the_next() -> None:
    next_one = "c{d:e}"
    for open_one in ("a{b:c", "@media print{a{b:c", "a{b:c}/* to be", "a{b:c}}", "}}"):
        text = joined(open_one, next_one)
        assert text.endswith(f"\n{next_one}\n")
        before = text[: -len(next_one) - 2]
        assert before.count("{") == before.count("}")
        assert before.count("/*") == before.count("*/")


def test_imports_stand_at_the_top_and_those_from_other_sites_are_left_out() -> None:
    text = joined(
        "a{b:c}",
        '@charset "utf-8"; @import url("more.css") screen; @import "https://else.example/x.css";',
    )

    assert text.startswith('@import url("/f/aaa/css/more.css") screen;\n')
    assert "else.example" not in text
    assert "@charset" not in text


@given(st.text(alphabet="a{}/*\"'();:@import url.# \n\\", max_size=60))
def test_no_sheet_however_broken_opens_into_the_next(text) -> None:
    after = joined(text, "z{y:x}")

    assert after.endswith("z{y:x}\n")


@given(st.lists(st.text(max_size=40), max_size=4))
def test_every_script_arrives_as_it_was(sources) -> None:
    file = joined_scripts((f"/f/aaa/{place}.js", source) for place, source in enumerate(sources))

    arguments = file[file.index("})(") + 3 : file.rindex(")")]
    assert [source for _address, source in json.loads(arguments)] == sources
