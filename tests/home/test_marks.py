"""Icons, signs, covers and words of state are the same everywhere and break no policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from courses.catalogue.models import Topic
from courses.templatetags.opora import (
    CORE_STYLES,
    DRAWING_SIZES,
    EVIDENCE,
    SIGNS,
    STATES,
    STEP_ICONS,
    cover,
    evidence,
    icon,
    state,
    styles,
)

STATIC = settings.BASE_DIR / "courses/static/courses"
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
DRAWINGS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "illustrations.svg").read_text()))
TEMPLATES = sorted(
    path
    for folder in (settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates"))
    for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(path.parents[2])))
def test_a_template_names_only_icons_and_drawings_that_are_drawn(path: Path) -> None:
    text = path.read_text()

    assert set(re.findall(r'{% icon "([\w-]+)"', text)) <= ICONS
    assert set(re.findall(r'{% illustration "([\w-]+)"', text)) <= DRAWINGS


@pytest.mark.parametrize(
    "path",
    # The admin is Wagtail's, and the content origin has a policy of its own.
    [
        path
        for path in TEMPLATES
        if not {"admin", "wagtailadmin", "runtimes"}.intersection(path.parts)
    ],
    ids=lambda path: str(path.relative_to(path.parents[2])),
)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]{4,}=\"|<script(?![^>]*\ssrc=)[^>]*>", text)


def test_every_code_has_its_icon() -> None:
    assert {name for name, _word in STATES.values()} <= ICONS
    assert {name for _kind, name, _word in EVIDENCE.values()} <= ICONS
    assert set(STEP_ICONS.values()) <= ICONS
    assert {f"sign-{sign}" for sign in SIGNS} <= ICONS
    assert set(DRAWING_SIZES) == DRAWINGS


def test_the_signs_are_those_of_the_topics() -> None:
    assert set(SIGNS) == set(Topic.Sign.values)


def test_an_icon_is_silent_beside_words_and_speaks_alone() -> None:
    assert 'aria-hidden="true"' in icon("check")
    assert 'role="img" aria-label="Готово &lt;b&gt;"' in icon("check", label="Готово <b>")


def test_a_cover_is_the_same_every_time_and_differs_by_title() -> None:
    titles = [f"Курс {number}" for number in range(12)]

    assert cover(titles[0], "art") == cover(titles[0], "art")
    assert len({cover(title, "art") for title in titles}) >= 4
    assert "style=" not in cover(titles[0], "art")


def test_a_state_is_an_icon_and_a_word() -> None:
    assert "готово" in state("done")
    assert "icons.svg#done" in state("done")


def test_who_vouches_is_told_by_an_icon_and_words() -> None:
    assert "проверил педагог" in evidence("teacher")
    assert evidence("machine_client") == evidence("machine_server")


def test_sheets_are_linked_in_the_order_of_their_layers() -> None:
    page = Template("{% load opora %}{% styles %}").render(Context())

    assert re.findall(r"css/(\w+)\.css", page) == list(CORE_STYLES)
    assert CORE_STYLES[0] == "tokens"
    assert "css/player.css" in styles("player")
