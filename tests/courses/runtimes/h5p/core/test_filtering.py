"""The semantic filter: what content keeps, and what never gets through."""

import json
import math
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.runtimes.h5p.core import CODES, Filtered, Library, LibraryName, filter_content
from courses.runtimes.h5p.core.filtering import UUID, filter_metadata
from tests.courses.runtimes.h5p.core.test_packages import ANY_JSON

MAIN, PART = LibraryName("T.Main", 1, 0), LibraryName("T.Part", 1, 2)
PART_LIBRARY = Library(
    name=PART,
    patch=0,
    title="Part",
    is_runnable=True,
    semantics=(
        {"name": "text", "type": "text", "tags": ["strong"]},
        {"name": "size", "type": "number", "min": 1, "max": 9, "default": 3},
        {"name": "inner", "type": "library", "options": ["T.Part 1.2"], "optional": True},
    ),
)
TYPES = ["text", "number", "boolean", "select", "list", "group", "library", "image", "video", "x"]
DANGER = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    "javascript:alert(1)",
    "\x01JaVaScRiPt:alert(1)",
    "java&#115;cript&colon;alert(1)",
    "<svg><style><img title='</style><img src onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=1&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<span style="color:red;position:fixed">x</span>',
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x><form action=x><base href=x>",
]
TEXTS = st.sampled_from(DANGER) | st.text(max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "b", "path", "library", "params", "metadata"]), inner
        )
        | st.fixed_dictionaries(
            {"library": st.sampled_from(["T.Part 1.2", "T.Gone 1.0"]), "params": inner}
        )
        | st.fixed_dictionaries({"path": TEXTS, "mime": TEXTS, "copyright": inner})
    ),
    max_leaves=15,
)
FIELDS = st.recursive(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["a", "b"]), "type": st.sampled_from(TYPES)},
        optional={
            "tags": st.just(["a", "table", "script", "iframe", "style", "b"]),
            "optional": st.booleans(),
            "default": VALUES,
            "min": st.integers(-5, 5) | TEXTS,
            "max": st.integers(-5, 5),
            "step": st.sampled_from([0, 1, 3, 0.25, -1, "2"]),
            "decimals": st.integers(-2, 20),
            "maxLength": st.integers(-1, 12),
            "multiple": st.booleans(),
            "extraAttributes": st.just(["params", "a"]),
            "options": st.lists(
                st.sampled_from(
                    ["T.Part 1.2", "T.Part 1.0", {"value": "<b>"}, {"value": 2}, 5, None]
                )
            ),
        },
    ),
    lambda inner: (
        st.fixed_dictionaries(
            {"name": st.just("a"), "type": st.just("list"), "field": inner},
            optional={"max": st.integers(0, 2)},
        )
        | st.fixed_dictionaries(
            {"name": st.just("b"), "type": st.just("group"), "fields": st.lists(inner, max_size=3)},
            optional={"isSubContent": st.booleans(), "optional": st.booleans()},
        )
    ),
    max_leaves=8,
)


def library(*fields: Any) -> Library:
    return Library(name=MAIN, patch=0, title="Main", is_runnable=True, semantics=fields)


def run(fields: Any, params: Any, **options: Any) -> Filtered:
    main = library(*fields)
    filtered = filter_content(main, params, {MAIN: main, PART: PART_LIBRARY}, **options)
    assert {note.code for note in filtered.notes} <= set(CODES)
    return filtered


def one(field: dict[str, Any], value: Any) -> Any:
    """The filtered value of a single field beside another one; ``None`` where it is left out."""
    return run(
        [{"name": "x", **field}, {"name": "other", "type": "text"}], {"x": value}
    ).params.get("x")


class Danger(HTMLParser):
    """Collects what must not be in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "form", "base", "style", "svg", "math"}:
            self.found.append(tag)
        for name, value in attrs:
            plain = "".join((value or "").split()).lower()
            if name.startswith("on") or plain.startswith(("javascript:", "vbscript:", "data:")):
                self.found.append(f"{name}={value}")
            if name == "style" and ("url(" in plain or "position" in plain):
                self.found.append(value or "")


def dangers(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for inner in value.values() for found in dangers(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in dangers(inner)]
    if not isinstance(value, str):
        return []
    parser = Danger()
    parser.feed(value)
    bare = "".join(character for character in value if character > " ").lower()
    return parser.found + ([value] if bare.startswith(("javascript:", "vbscript:")) else [])


@settings(max_examples=120)
@given(fields=st.lists(FIELDS, max_size=4), params=VALUES)
def test_nothing_dangerous_gets_through_and_filtering_twice_changes_nothing(fields, params):
    params = params if isinstance(params, dict) else {"a": params, "b": params}
    once = run(fields, params, content_files=["a.png"])

    assert dangers(once.params) == []
    assert run(fields, once.params, content_files=["a.png"]).params == once.params
    json.dumps(once.params, allow_nan=False).encode()


@given(fields=ANY_JSON, params=ANY_JSON)
def test_arbitrary_semantics_and_content_end_in_json(fields, params):
    filtered = run(fields if isinstance(fields, list) else [fields], params)

    json.dumps(filtered.params, allow_nan=False)


@pytest.mark.parametrize("text", DANGER)
@pytest.mark.parametrize("tags", [None, ["a", "img", "span", "script", "table"]])
def test_each_known_attack_is_harmless_in_every_text(text: str, tags):
    field = {"type": "text"} | ({"tags": tags} if tags else {})

    assert dangers(one(field, text)) == []


def test_html_keeps_the_tags_of_the_semantics_and_their_relatives():
    text = "<h2>Да</h2><p><strong>1</strong> <em>2</em></p><ul><li>3</li></ul><u>4</u>"

    cleaned = one({"type": "text", "tags": ["b", "ul"]}, text)
    assert cleaned == "Да<p><strong>1</strong> 2</p><ul><li>3</li></ul>4"


def test_a_table_keeps_its_rows_and_cells():
    text = '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'

    assert one({"type": "text", "tags": ["table"]}, text) == text
    assert one({"type": "text", "tags": []}, text) == "1"


def test_the_four_tags_of_every_html_text_need_no_mention():
    text = "<div><p><span>1</span><br></p></div>"

    assert one({"type": "text", "tags": []}, text) == text


@pytest.mark.parametrize(
    ("font", "kept"),
    [
        (None, "text-align: center;"),
        ({"color": True}, "color: #ff0000; text-align: center;"),
        ({"size": True, "color": False}, "font-size: 1.5em; text-align: center;"),
    ],
)
def test_styles_are_those_that_the_author_may_set(font, kept: str):
    text = (
        '<p style="color: #ff0000; font-size: 1.5em; text-align: center; position: fixed; '
        'background: url(x)">1</p>'
    )
    field = {"type": "text", "tags": ["p"]} | ({"font": font} if font else {})

    assert one(field, text) == f'<p style="{kept}">1</p>'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("«Да» — \"нет\" и 'нет'", "«Да» — &quot;нет&quot; и &#039;нет&#039;"),
        ("&lt;b&gt; &amp; &#039; &nbsp;", "&lt;b&gt; &amp; &#039; &nbsp;"),
        ("JavaScript: основы", "JavaScript∶ основы"),
        ("Учим JavaScript: основы", "Учим JavaScript: основы"),
        (12, "12"),
        (None, None),
        ([], None),
    ],
)
def test_plain_text_is_kept_escaped(text, kept):
    assert one({"type": "text", "optional": True}, text) == kept


def test_a_plain_text_is_cut_without_half_an_entity():
    assert one({"type": "text", "maxLength": 6}, "ab<cdefgh") == "ab&lt;"
    assert one({"type": "text", "maxLength": 5}, "ab<cdefgh") == "ab"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ({"min": 1, "max": 5}, 9, 5),
        ({"min": "1", "max": "5"}, "-3", 1),
        ({"min": 0, "max": 100, "step": 5}, 13, 10),
        ({"min": 1, "max": 10, "step": 2}, 4, 3),
        ({"step": 0.25}, 0.8, 0.75),
        ({"decimals": 1}, 1.26, 1.3),
        ({"decimals": 0}, 2.0, 2),
        ({}, "7", 7),
        ({"default": 4}, "много", 4),
        ({"min": 2}, "много", 2),
        ({"optional": True}, "много", None),
        ({}, math.inf, 10**15),
        ({}, True, 0),
    ],
)
def test_a_number_is_brought_within_its_rules(field, value, kept):
    assert one({"type": "number", **field}, value) == kept


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (True, True),
        (False, False),
        (1, True),
        ("true", True),
        ("", False),
        ("yes", None),
        ([], None),
    ],
)
def test_a_truth_value(value, kept):
    assert one({"type": "boolean"}, value) is kept


SELECT = {
    "type": "select",
    "options": [
        {"value": "U"},
        {"type": "optgroup", "options": [{"value": "CC BY"}, {"value": "<b>"}]},
        {"value": 2},
    ],
}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("CC BY", "CC BY"),
        ("evil", "U"),
        (2, 2),
        ("2", 2),
        (["CC BY"], "CC BY"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_choice_is_one_of_the_options(value, kept):
    assert one(SELECT, value) == kept


def test_a_choice_of_several_keeps_the_known_ones():
    assert one(SELECT | {"multiple": True}, ["CC BY", "evil", "U"]) == ["CC BY", "U"]


def test_a_bad_choice_falls_back_on_the_default():
    assert one(SELECT | {"default": "CC BY"}, "evil") == "CC BY"


def test_a_list_is_cut_and_an_empty_one_is_left_out():
    field = {"type": "list", "max": 2, "field": {"name": "i", "type": "number"}}

    assert one(field, [1, "2", 3]) == [1, 2]
    assert one(field, []) is None
    assert one(field, {"0": 1}) is None


def test_a_group_of_one_field_is_the_value_of_its_field():
    field = {"type": "group", "fields": [{"name": "text", "type": "text"}]}

    assert one(field, "да") == "да"
    assert one(field, {"text": "да"}) == "да"
    group = {"type": "group", "fields": [{"name": "file", "type": "image"}]}
    assert one(group, {"path": "a.png"}) == {"path": "a.png"}


def test_a_group_that_came_empty_stays_because_content_types_reach_into_it():
    text = {"type": "text", "optional": True}
    fields = [{"name": "tip", **text}, {"name": "chosenFeedback", **text}]
    group = {"name": "tipsAndFeedback", "type": "group", "fields": fields}

    assert run([group], {"tipsAndFeedback": {}}).params == {"tipsAndFeedback": {}}
    assert run([group], {}).params == {}


def test_a_group_of_sub_content_keeps_its_fields_apart_and_gets_an_id():
    field = {"type": "group", "isSubContent": True, "fields": [{"name": "text", "type": "text"}]}

    kept = one(field, {"text": "да", "subContentId": "nonsense"})
    assert kept["text"] == "да"
    assert UUID.fullmatch(kept["subContentId"])


def test_unknown_keys_are_left_out_and_told():
    filtered = run(
        [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}], {"a": "1", "z": 2}
    )

    assert filtered.params == {"a": "1"}
    assert [(n.code, n.details["key"]) for n in filtered.notes] == [("unknown_key", "z")]


def test_missing_values_are_filled_from_defaults_unless_the_author_may_leave_them_empty():
    behaviour = {
        "name": "behaviour",
        "type": "group",
        "fields": [
            {"name": "retry", "type": "boolean", "default": True},
            {"name": "word", "type": "text", "default": "Ещё раз"},
            {"name": "tip", "type": "text", "default": "Совет", "optional": True},
        ],
    }
    other = {"name": "other", "type": "text"}

    assert run([behaviour, other], {}).params == {"behaviour": {"retry": True, "word": "Ещё раз"}}
    assert (
        run([behaviour, other], {"behaviour": {"retry": False}}).params["behaviour"]["retry"]
        is False
    )


PART_FIELD = {"name": "part", "type": "library", "options": ["T.Part 1.2", {"name": "T.Other 1.0"}]}


def test_sub_content_is_filtered_by_its_own_library():
    value = {
        "library": "T.Part 1.2",
        "params": {"text": "<strong>1</strong><script>2</script>", "size": 99, "evil": 1},
        "metadata": {"title": "<b>Имя</b>", "license": "nonsense", "evil": 1},
        "evil": 1,
    }
    filtered = run([PART_FIELD], {"part": value})

    part = filtered.params["part"]
    assert part["params"] == {"text": "<strong>1</strong>", "size": 9}
    assert part["metadata"] == {"title": "&lt;b&gt;Имя&lt;/b&gt;", "license": "U"}
    assert set(part) == {"library", "params", "subContentId", "metadata"}
    assert filtered.libraries == (PART,)


@pytest.mark.parametrize("name", ["T.Evil 1.0", "T.Part 2.0", "T.Other 1.0", "T.Part", 5, None])
def test_a_library_that_the_field_does_not_offer_or_nobody_has_is_left_out(name):
    filtered = run([PART_FIELD], {"part": {"library": name, "params": {}}})

    assert filtered.params == {}
    assert filtered.libraries == ()


def test_a_library_of_another_minor_version_that_is_there_stays_and_is_told():
    field = PART_FIELD | {"options": ["T.Part 1.1"]}
    filtered = run([field], {"part": {"library": "T.Part 1.2", "params": {}}})

    assert filtered.params["part"]["library"] == "T.Part 1.2"
    assert [note.code for note in filtered.notes] == ["library_version"]


def test_a_good_sub_content_id_stays_and_a_bad_one_becomes_the_same_uuid_each_time():
    good = "51445ea9-9c98-437a-8981-72d46d6e86c4"
    part = {"library": "T.Part 1.2", "params": {}}

    assert (
        run([PART_FIELD], {"part": part | {"subContentId": good}}).params["part"]["subContentId"]
        == good
    )
    bad = [
        run([PART_FIELD], {"part": part | {"subContentId": "1"}}).params["part"]["subContentId"]
        for _ in "12"
    ]
    assert bad[0] == bad[1]
    assert UUID.fullmatch(bad[0])


def test_content_nested_without_end_is_cut_off():
    value: Any = {}
    for _ in range(150):
        value = {"library": "T.Part 1.2", "params": {"inner": value}}

    filtered = run([PART_FIELD], {"part": value})
    assert "too_deep" in {note.code for note in filtered.notes}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("images/cat.png", "images/cat.png"),
        ("images/cat.png#tmp", "images/cat.png"),
        ("../../12/images/cat.png", "images/cat.png"),
        ("../content/12/images/cat.png", "images/cat.png"),
        ("../h5p.json", None),
        ("images/../../x.png", None),
        ("images/%2e%2e/%2e%2e/x.png", None),
        ("images/%252e%252e/x.png", None),
        ("/etc/passwd", None),
        ("C:\\x.png", None),
        ("..\\x.png", None),
        ("javascript:alert(1)", None),
        (" java\tscript:alert(1)", None),
        ("&#106;avascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("", None),
        (None, None),
        ({}, None),
        ("https://example.org/a.png?b=1&c=2", "https://example.org/a.png?b=1&amp;c=2"),
        ("//example.org/a.png", "//example.org/a.png"),
        ('images/"onload=alert(1)', "images/&quot;onload=alert(1)"),
    ],
)
def test_a_file_lies_inside_the_content_or_at_a_plain_web_address(path, kept):
    found = one({"type": "image"}, {"path": path})

    assert (found or {}).get("path") == kept


def test_addresses_of_other_sites_are_reported_once():
    fields = [{"name": "a", "type": "video"}, {"name": "b", "type": "image"}]
    video = [{"path": "https://youtu.be/x", "mime": "video/YouTube"}] * 2

    filtered = run(fields, {"a": video, "b": {"path": "images/a.png"}})
    assert filtered.external == ("https://youtu.be/x",)


def test_a_file_that_is_not_in_the_package_is_told_and_stays():
    filtered = run(
        [{"name": "b", "type": "image"}], {"b": {"path": "images/a.png"}}, content_files=[]
    )

    assert filtered.params["b"]["path"] == "images/a.png"
    assert [note.code for note in filtered.notes] == ["missing_content_file"]


def test_a_file_keeps_only_what_is_known_of_it():
    video = {
        "path": "videos/a.mp4",
        "mime": 'video/mp4"><script>',
        "width": "640.4",
        "quality": {"level": "2", "label": "<b>", "evil": 1},
        "copyright": {"title": "<i>", "license": "U", "evil": 1},
        "evil": 1,
    }

    assert one({"type": "video"}, [video, "nonsense"]) == [
        {
            "path": "videos/a.mp4",
            "mime": "video/mp4&quot;&gt;&lt;script&gt;",
            "width": 640,
            "quality": {"level": 2, "label": "&lt;b&gt;"},
            "copyright": {"title": "&lt;i&gt;", "license": "U"},
        }
    ]


def test_metadata_keeps_title_license_and_authors():
    kept = filter_metadata(
        {
            "title": "Что <b>можно</b>",
            "license": "CC BY",
            "licenseVersion": "4.0",
            "authors": [{"name": "Оля", "role": "Author", "evil": 1}, {"role": "King"}],
            "yearFrom": "2020",
            "preloadedDependencies": [],
        }
    )

    assert kept == {
        "title": "Что &lt;b&gt;можно&lt;/b&gt;",
        "license": "CC BY",
        "licenseVersion": "4.0",
        "authors": [{"name": "Оля", "role": "Author"}, {"role": "Author"}],
        "yearFrom": 2020,
    }


@given(metadata=VALUES)
def test_metadata_of_any_kind_comes_out_safe(metadata):
    kept = filter_metadata(metadata)

    assert dangers(kept) == []
    assert filter_metadata(kept) == kept
