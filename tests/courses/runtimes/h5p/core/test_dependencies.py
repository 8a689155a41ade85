"""Which libraries are loaded, and in which order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.h5p.core import Library, LibraryName, best_patches, resolve
from courses.runtimes.h5p.core.patterns import read_pattern


def name(text: str) -> LibraryName:
    found = LibraryName.parse(text if " " in text else f"{text} 1.0")
    assert found is not None
    return found


def library(text: str, *needs: str, **more: Any) -> Library:
    return Library(
        name=name(text),
        patch=0,
        title=text,
        is_runnable=True,
        scripts=(f"{text[0].lower()}.js",),
        styles=(f"{text[0].lower()}.css",),
        preloaded=tuple(map(name, needs)),
        **more,
    )


def order(main: str, params: Any, *libraries: Library) -> list[str]:
    resolution = resolve(name(main), params, best_patches(libraries))
    return [one.name if one[1:] == (1, 0) else str(one) for one in resolution.libraries]


def part(text: str, **params: Any) -> dict[str, Any]:
    return {"library": str(name(text)), "params": params}


def test_what_is_needed_stands_before_what_needs_it():
    found = order(
        "A", {}, library("A", "B", "C"), library("B", "D"), library("C", "D"), library("D")
    )

    assert found == ["D", "B", "C", "A"]


def test_libraries_named_only_in_content_are_loaded_too_inner_ones_first():
    params = {"list": [part("B", inner=part("C"))]}

    assert order("A", params, library("A"), library("B"), library("C", "D"), library("D")) == [
        "D",
        "C",
        "B",
        "A",
    ]


def test_dynamic_dependencies_are_loaded_only_where_content_names_them():
    main = library("A", dynamic=(name("B"), name("C")))

    assert order("A", {"x": part("C")}, main, library("B"), library("C")) == ["C", "A"]


def test_scripts_and_styles_follow_the_order():
    resolution = resolve(name("A"), {}, best_patches([library("A", "B"), library("B")]))

    assert [(one.library.name, one.path) for one in resolution.scripts] == [
        ("B", "b.js"),
        ("A", "a.js"),
    ]
    assert [one.path for one in resolution.styles] == ["b.css", "a.css"]


def test_a_library_may_drop_the_styles_of_another():
    main = library("A", "B", drop_styles_of=frozenset({"B"}))
    resolution = resolve(name("A"), {}, best_patches([main, library("B")]))

    assert [one.path for one in resolution.styles] == ["a.css"]
    assert [one.path for one in resolution.scripts] == ["b.js", "a.js"]


def test_other_minor_versions_are_loaded_side_by_side():
    found = order("A", {"x": part("B 1.2")}, library("A", "B 1.0"), library("B"), library("B 1.2"))

    assert found == ["B 1.2", "B", "A"]


def test_a_circle_is_told_and_everything_is_loaded_all_the_same():
    libraries = best_patches([library("A", "B"), library("B", "C"), library("C", "B")])
    resolution = resolve(name("A"), {}, libraries)

    assert [one.name for one in resolution.libraries] == ["C", "B", "A"]
    assert [(p.code, dict(p.details)) for p in resolution.problems] == [
        ("dependency_cycle", {"library": "B 1.0", "needed_by": "C 1.0"})
    ]


def test_a_library_that_is_not_there_is_told_once():
    libraries = best_patches([library("A", "B", "Gone"), library("B", "Gone")])
    resolution = resolve(name("A"), {}, libraries)

    assert [one.name for one in resolution.libraries] == ["B", "A"]
    assert [(p.code, dict(p.details)) for p in resolution.problems] == [
        ("missing_library", {"library": "Gone 1.0", "needed_by": "B 1.0"})
    ]


def test_a_main_library_that_is_not_there_is_told():
    resolution = resolve(name("A"), {}, {})

    assert resolution.libraries == ()
    assert [problem.code for problem in resolution.problems] == ["missing_library"]


MATH = {"content": {"types": [{"text": {"regex": "/\\$\\$.+\\$\\$|\\\\\\(.+\\\\\\)/"}}]}}


@pytest.mark.parametrize(
    ("params", "is_loaded"),
    [
        ({"a": ["Сколько будет $$2^3$$?"]}, True),
        ({"a": {"b": "Угол \\(\\alpha\\)"}}, True),
        ({"a": "Цена 5 $"}, False),
        ({}, False),
    ],
)
def test_an_add_on_is_loaded_where_a_text_fits_its_pattern(params, is_loaded: bool):
    addon = library("Math", "Dep", add_to=MATH)

    found = order("A", params, library("A"), addon, library("Dep"))
    assert found == (["A", "Dep", "Math"] if is_loaded else ["A"])


def test_an_add_on_is_loaded_for_the_main_libraries_that_it_names():
    addon = library("Z", add_to={"player": {"machineNames": ["A"]}})

    assert order("A", {}, library("A"), addon) == ["A", "Z"]
    assert order("B", {}, library("B"), addon) == ["B"]


@pytest.mark.parametrize("regex", ["/(a+)+$/", "/((a*)b*)*c/", "/(/", "x" * 1000, 5, None, {}])
def test_an_add_on_with_a_bad_pattern_is_never_tried(regex):
    addon = library("Z", add_to={"content": {"types": [{"text": {"regex": regex}}]}})

    assert order("A", {"t": "a" * 5000 + "!"}, library("A"), addon) == ["A"]


@pytest.mark.parametrize("add_to", [{"content": 5}, {"content": {"types": [5]}}, {"player": []}])
def test_an_add_on_with_odd_rules_is_left_alone(add_to):
    assert order("A", {}, library("A"), library("Z", add_to=add_to)) == ["A"]


@pytest.mark.parametrize(
    ("source", "text"), [("/ABC/i", "xabcx"), ("#a/b#", "a/b"), ("a.c", "abc"), ("\\d+", "7")]
)
def test_patterns_are_read_as_php_or_plain(source: str, text: str):
    assert read_pattern(source).search(text)


NAMES = "ABCDE"


@given(
    needs=st.fixed_dictionaries(
        {n: st.lists(st.sampled_from(NAMES + "G"), max_size=3) for n in NAMES}
    ),
    used=st.lists(st.sampled_from(NAMES + "G"), max_size=3),
)
def test_every_needed_library_is_loaded_once_and_late_enough(needs, used):
    libraries = best_patches(library(n, *needs[n]) for n in NAMES)
    resolution = resolve(name("A"), [part(n) for n in used], libraries)

    names = [one.name for one in resolution.libraries]
    assert len(set(names)) == len(names)
    assert "A" in names
    assert set(used) - {"G"} <= set(names)
    has_circle = any(problem.code == "dependency_cycle" for problem in resolution.problems)
    for one in names:
        for needed in set(needs[one]) - {"G"}:
            assert needed in names
            assert has_circle or names.index(needed) < names.index(one)
    is_missing = any("G" in needs[one] for one in names) or "G" in used
    assert is_missing == any(p.code == "missing_library" for p in resolution.problems)


def test_a_very_long_chain_is_no_trouble():
    chain = [library(f"L{n}", f"L{n + 1}") for n in range(3000)] + [library("L3000")]

    assert len(order("L0", {}, *chain)) == 3001
