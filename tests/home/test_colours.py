"""Every scheme of the design system can be read: contrasts are counted from the tokens."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "courses/static/courses/css/tokens.css").read_text()
SCHEMES = {
    "light": (":root {",),
    "dark by the system": (":root {", ":root:not([data-scheme]) {"),
    "dark by choice": (":root {", ':root[data-scheme="dark"] {'),
    "black on white": (":root {", ':root[data-scheme="white"] {', ":root:is("),
    "white on black": (":root {", ':root[data-scheme="black"] {', ":root:is("),
    "dark blue on light blue": (":root {", ':root[data-scheme="blue"] {', ":root:is("),
}
AREAS = ("technical", "science", "art", "sport", "tourism", "social")
GROUNDS = ("paper", "surface", "sunken")
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "action") for ground in GROUNDS),
    *((ink, soft) for ink in ("ink", "ink-soft") for soft in ("action-soft", "amber-soft")),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("action-ink", "action-soft"),
    ("action", "action-soft"),
    ("amber-ink", "amber-soft"),
    *(("amber-ink", ground) for ground in GROUNDS),
    *((area, ground) for area in AREAS for ground in (*GROUNDS, f"{area}-soft")),
    *(("ink", f"{area}-soft") for area in AREAS),
]
EDGES = [(edge, ground) for edge in ("line-strong", "focus-ring") for ground in GROUNDS]


def colours_of(scheme: str) -> dict[str, str]:
    """Token name to its value; a later block of the sheet overrides an earlier one."""
    found: dict[str, str] = {}
    for opening in SCHEMES[scheme]:
        block = TOKENS[TOKENS.index(opening) :].partition("{")[2].partition("}")[0]
        found.update(re.findall(r"--([\w-]+):\s*([^;]+);", block))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, by WCAG 2.2."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(scheme: str, first: str, second: str) -> float:
    colours = colours_of(scheme)

    def value(name: str) -> str:
        reference = re.fullmatch(r"var\(--([\w-]+)\)", colours[name])
        return value(reference[1]) if reference else colours[name]

    dark, light = sorted((luminance(value(first)), luminance(value(second))))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("black on white", "ink", "paper") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out_from_its_ground_at_least_four_and_a_half_times(scheme: str) -> None:
    weak = {pair: ratio for pair in TEXTS if (ratio := round(contrast(scheme, *pair), 2)) < 4.5}

    assert weak == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_controls_and_the_focus_ring_stand_out_at_least_three_times(scheme: str) -> None:
    weak = {pair: ratio for pair in EDGES if (ratio := round(contrast(scheme, *pair), 2)) < 3}

    assert weak == {}


@pytest.mark.parametrize("scheme", ["black on white", "white on black", "dark blue on light blue"])
def test_a_scheme_of_high_contrast_leaves_no_colour_of_the_usual_look(scheme: str) -> None:
    usual = colours_of("light")
    special = colours_of(scheme)

    assert [name for name, value in usual.items() if "#" in value and special[name] == value] == []
