"""Texts of content, cleaned by the rules of H5P core, with a parser of HTML.

A text field with ``tags`` holds HTML of those tags; one without holds plain text, which is kept
escaped because content types put it into pages as it is.
"""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3

from courses.runtimes.h5p.core.semantics import Field

BASE_TAGS = frozenset({"div", "span", "p", "br"})
NEVER = frozenset(
    [
        "script",
        "style",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "button",
        "select",
        "textarea",
        "template",
        "svg",
        "math",
        "link",
        "meta",
        "base",
        "noscript",
        "title",
        "xmp",
        "plaintext",
        "noembed",
        "noframes",
    ]
)
"""Not even where a library's semantics ask for them."""

TABLE_PARTS = frozenset(
    [
        "tr",
        "td",
        "th",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "figure",
        "figcaption",
        "caption",
    ]
)
STYLED = frozenset(
    ["span", "p", "div", "h1", "h2", "h3", "table", "col", "figure", "td", "th", "li"]
)
SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir", "role"},
    "a": {"href", "target", "name", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "width", "height"},
    "source": {"src", "type"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "table": {"border", "cellspacing", "cellpadding", "width", "height", "align", "summary"},
    "td": {"colspan", "rowspan", "headers", "width", "height", "align", "valign"},
    "th": {"colspan", "rowspan", "headers", "scope", "width", "height", "align", "valign"},
    "col": {"span", "width"},
    "colgroup": {"span"},
    "blockquote": {"cite"},
    "time": {"datetime"},
}
COLOUR = r"(?:#[a-f0-9]{3}(?:[a-f0-9]{3})?|rgba?\([0-9., %]+\)|hsla?\([0-9,.% ]+\))"
LENGTH = r"[0-9.]{1,10}(?:em|rem|px|pt|%)?"
LINE = r"(?:none|solid|dotted|dashed|double|groove|ridge|inset|outset)"
FONT_STYLES: Mapping[str, tuple[str, str]] = {
    "size": ("font-size", LENGTH),
    "family": ("font-family", r"[-a-z0-9,'& ]{1,200}"),
    "color": ("color", COLOUR),
    "background": ("background-color", COLOUR),
    "spacing": ("letter-spacing", LENGTH),
    "height": ("line-height", LENGTH),
}
TABLE_STYLES: Mapping[str, str] = {
    "border": rf"{LENGTH} *{LINE} *{COLOUR}",
    "border-style": LINE,
    "border-width": LENGTH,
    "border-color": COLOUR,
    "vertical-align": "(?:middle|top|bottom)",
    "padding": LENGTH,
    "width": LENGTH,
    "height": LENGTH,
    "float": "(?:right|left|none)",
    "border-collapse": "collapse",
    "background-color": COLOUR,
}
ENTITY = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
SCRIPT_ADDRESS = re.compile(
    r"^([\s\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*)(?::|&colon;|&#0*58;|&#x0*3a;)",
    re.IGNORECASE,
)
HALF_ENTITY = re.compile(r"&[#A-Za-z0-9]*$")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_html(text: str, tags: Iterable[object], font: object = None) -> str:
    """``text`` with the given tags and their relatives, harmless attributes and addresses.

    ``font`` is the value of the same key in the semantics: which styles an author may set.
    """
    chosen = {key for key in FONT_STYLES if isinstance(font, Mapping) and font.get(key)}
    cleaner = _cleaner(_allowed_tags(tags), frozenset(chosen))
    text = UNSTORABLE.sub("", text)
    for _ in range(5):
        cleaned = SCRIPT_ADDRESS.sub("\\1∶", cleaner.clean(text))
        if cleaned == text:
            return cleaned
        text = cleaned
    return plain(text)


@lru_cache(maxsize=256)
def _cleaner(allowed: frozenset[str], fonts: frozenset[str]) -> nh3.Cleaner:
    styles = _allowed_styles(allowed, fonts)

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _clean_style(value, styles) if tag in STYLED else None
        return value

    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items() if tag in allowed | {"*"}}
    attributes["*"].add("style")
    return nh3.Cleaner(
        tags=set(allowed),
        clean_content_tags=set(NEVER - {"form", "button", "noscript"}),
        attributes=attributes,
        attribute_filter=keep,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )


def plain(text: str) -> str:
    """``text`` escaped for HTML, its entities kept; never the address of a script.

    A text that starts like ``javascript:`` keeps its look: its colon becomes the sign ∶ (U+2236).
    """
    text = SCRIPT_ADDRESS.sub("\\1∶", UNSTORABLE.sub("", text))
    text = ENTITY.sub("&amp;", text)
    for character, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;")):
        text = text.replace(character, entity)
    return text


def address_kind(address: str) -> str:
    """``relative``, ``external`` (http and https, also without a scheme) or ``unsafe``."""
    plain_address = "".join(html.unescape(address).split())
    if any(ord(character) < 32 for character in plain_address) or "\\" in plain_address:
        return "unsafe"
    try:
        parts = urlsplit(plain_address)
    except ValueError:
        return "unsafe"
    if parts.scheme in ("http", "https"):
        return "external" if parts.netloc else "unsafe"
    if parts.scheme:
        return "unsafe"
    return "external" if parts.netloc else "relative"


def _allowed_tags(tags: Iterable[object]) -> frozenset[str]:
    """The tags of the semantics with their relatives, as H5P core counts them."""
    named = {tag.lower() for tag in tags if isinstance(tag, str)}
    allowed = BASE_TAGS | {tag for tag in named if re.fullmatch(r"[a-z][a-z0-9]{0,20}", tag)}
    relatives: tuple[tuple[set[str], frozenset[str]], ...] = (
        ({"table"}, TABLE_PARTS),
        ({"b"}, frozenset({"strong"})),
        ({"i"}, frozenset({"em"})),
        ({"ul", "ol"}, frozenset({"li"})),
        ({"del", "strike"}, frozenset({"s"})),
    )
    for present, added in relatives:
        if present & named:
            allowed |= added
    return allowed - NEVER


def _allowed_styles(allowed: frozenset[str], fonts: frozenset[str]) -> dict[str, re.Pattern[str]]:
    patterns = {"text-align": "(?:center|left|right|justify)"}
    patterns |= {name: value for key, (name, value) in FONT_STYLES.items() if key in fonts}
    if "table" in allowed:
        patterns |= TABLE_STYLES
    return {name: re.compile(value, re.IGNORECASE) for name, value in patterns.items()}


def _clean_style(value: str, styles: Mapping[str, re.Pattern[str]]) -> str | None:
    kept = []
    for part in value.replace("&quot;", "'").replace('"', "'").split(";"):
        name, colon, setting = part.partition(":")
        name, setting = name.strip().lower(), setting.strip()
        if colon and name in styles and styles[name].fullmatch(setting):
            kept.append(f"{name}: {setting}")
    return "; ".join(kept) + ";" if kept else None


def filter_text(field: Field, value: Any) -> str | None:
    """A text field's value: HTML where the semantics name ``tags``, else plain and not too long.

    A number is taken as its text; anything else is ``None``.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    tags = field.raw.get("tags")
    if isinstance(tags, list | tuple):
        return clean_html(value, tags, field.raw.get("font"))
    text, longest = plain(value), field.bound("maxLength")
    if longest is not None and len(text) > longest >= 1:
        text = HALF_ENTITY.sub("", text[: int(longest)])
    return text
