"""The small marks of every page: icons, signs of focus areas, covers, states, who vouches."""

from functools import cache, lru_cache
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

register = template.Library()

MARKS_KEPT = 500
SPRITE = "courses/icons.svg"
DRAWINGS = "courses/illustrations.svg"
CORE_STYLES = ("tokens", "base", "components", "cards", "messages", "records", "print")
SIGNS = ("technical", "science", "art", "sport", "tourism", "social")

# name: (width, height) of its drawing
DRAWING_SIZES = {
    "bridge": (640, 460),
    "gap": (420, 260),
    "lamp": (240, 200),
    "tent": (240, 200),
    "finish": (360, 220),
    "children": (150, 96),
    "parents": (150, 96),
    "teachers": (150, 96),
}

# code: (icon, word)
STATES = {
    "new": ("circle", _("not started")),
    "started": ("half", _("started")),
    "done": ("done", _("done")),
    "locked": ("lock", _("closed")),
    "waits": ("clock", _("with the teacher")),
    "returned": ("retry", _("to be improved")),
}
STEP_ICONS = {
    "text": "text",
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "callout": "callout",
    "checklist": "checklist",
    "quiz": "quiz",
    "package": "try",
    "task": "task",
}
# code of evidence: (class, icon, word)
EVIDENCE = {
    "seen": ("seen", "eye", _("seen")),
    "self": ("self", "self", _("the learner says so")),
    "machine_client": ("machine", "machine", _("checked by machine")),
    "machine_server": ("machine", "machine", _("checked by machine")),
    "teacher": ("teacher", "teacher", _("checked by a teacher")),
}

# Covers are drawn on 320 × 180; a row is (shape, opacity), drawn in order.
COVER_GROUNDS = (
    (  # arches of a bridge
        ("M-20 180a90 90 0 0 1 180 0zM160 180a90 90 0 0 1 180 0z", "0.16"),
        ("M10 180a60 60 0 0 1 120 0zM190 180a60 60 0 0 1 120 0z", "0.22"),
        ("M40 180a30 30 0 0 1 60 0zM220 180a30 30 0 0 1 60 0z", "0.5"),
    ),
    (  # hills
        ("M0 180V120Q70 70 150 118T320 92V180z", "0.16"),
        ("M0 180V150Q90 100 190 146T320 130V180z", "0.26"),
        ("M0 180v-10q120-34 320 2v8z", "0.5"),
    ),
    (  # quarters of a circle
        ("M0 0h90a90 90 0 0 1-90 90zM320 180h-90a90 90 0 0 1 90-90z", "0.18"),
        ("M230 0h90v90a90 90 0 0 1-90-90z", "0.28"),
        ("M0 180V90a90 90 0 0 1 90 90z", "0.5"),
    ),
    (  # beams of a lamp
        ("M-10 190 130-10h60L50 190z", "0.16"),
        ("M130 190 270-10h60L190 190z", "0.26"),
        ("M270 190 340 90v100z", "0.5"),
    ),
)
SIGN_PLACES = ((124, 34), (112, 42), (132, 40))
LAMP_PLACES = ((60, 40), (262, 36), (250, 52), (52, 58))


@register.simple_tag
@cache
def styles(*names: str) -> SafeString:
    """``{% styles %}`` links the sheets of every page; ``{% styles "player" "quiz" %}`` more."""
    sheets = ((static(f"courses/css/{name}.css"),) for name in names or CORE_STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@register.simple_tag
@cache
def illustration(name: str) -> SafeString:
    """A drawing of a few flat shapes in the page's own colours; always decoration."""
    width, height = DRAWING_SIZES[name]
    return format_html(
        '<svg class="illustration" viewBox="0 0 {} {}" aria-hidden="true">'
        '<use href="{}#{}"/></svg>',
        width,
        height,
        static(DRAWINGS),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=MARKS_KEPT)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """``{% icon "check" %}``: decoration beside words; with ``label`` it speaks for itself.

    ``size`` is "", "s" (18 px) or "l" (32 px).
    """
    classes = f"icon icon--{size}" if size else "icon"
    href = f"{static(SPRITE)}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            classes,
            label,
            href,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.simple_tag
@lru_cache(maxsize=MARKS_KEPT)
def sign(code: str) -> SafeString:
    """The geometric sign of a focus area; its colour comes from a ``focus-…`` class around it."""
    return format_html(
        '<svg class="sign" aria-hidden="true"><use href="{}#sign-{}"/></svg>', static(SPRITE), code
    )


@register.simple_tag
def cover(title: str, code: str) -> SafeString:
    """A drawn cover for ``title`` with the sign of the focus area ``code``; the same every time."""
    seed = crc32(title.encode())
    ground = COVER_GROUNDS[seed % len(COVER_GROUNDS)]
    x, y = SIGN_PLACES[seed // 7 % len(SIGN_PLACES)]
    lamp_x, lamp_y = LAMP_PLACES[seed // 31 % len(LAMP_PLACES)]
    shapes = format_html_join("", '<path d="{}" opacity="{}"/>', ground)
    return format_html(
        '<svg class="cover focus focus-{}" viewBox="0 0 320 180" preserveAspectRatio="xMidYMid '
        'slice" aria-hidden="true"><rect class="cover__ground" width="320" height="180"/>'
        '<g class="cover__shapes">{}</g><circle class="cover__lamp" cx="{}" cy="{}" r="9"/>'
        '<use class="cover__sign" href="{}#sign-{}" x="{}" y="{}" width="76" height="76"/></svg>',
        code,
        shapes,
        lamp_x,
        lamp_y,
        static(SPRITE),
        code,
        x,
        y,
    )


@register.simple_tag
def state(code: str) -> SafeString:
    """Where a step, lesson or course stands, as an icon and a word; codes are in ``STATES``."""
    name, word = STATES[code]
    return format_html(
        '<span class="state state--{}">{}<span>{}</span></span>', code, icon(name, size="s"), word
    )


@register.simple_tag
def evidence(code: str) -> SafeString:
    """Who vouches for a completion, as an icon and words; codes are in ``EVIDENCE``."""
    kind, name, word = EVIDENCE[code]
    return format_html(
        '<span class="evidence evidence--{}">{}<span>{}</span></span>',
        kind,
        icon(name, size="s"),
        word,
    )


@register.filter
def step_icon(kind: str) -> str:
    """The icon of a kind of step."""
    return STEP_ICONS[kind]
