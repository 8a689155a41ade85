"""The faces of the portal's typeface.

A view and not a static sheet: the sheet would name files that are not there where Node is not
installed, and the manifest of static files refuses a sheet that names a missing file.
"""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FOLDER = "vendor/golos-text"
# subset: the characters it holds
SUBSETS = {
    "cyrillic": "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
    "cyrillic-ext": "U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F",
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
        "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
    "latin-ext": (
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
        "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,"
        "U+A720-A7FF"
    ),
}
FACE = (
    "@font-face{{font-family:'Golos Text Variable';font-style:normal;font-display:swap;"
    "font-weight:400 900;src:url({url}) format('woff2');unicode-range:{characters}}}"
)


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def fonts(_request: HttpRequest) -> HttpResponse:
    """A sheet of font faces whose files carry the names that the static storage gave them."""
    faces = (
        FACE.format(
            url=static(f"{FOLDER}/golos-text-{subset}-wght-normal.woff2"), characters=characters
        )
        for subset, characters in SUBSETS.items()
    )
    return HttpResponse("\n".join(faces), content_type="text/css; charset=utf-8")
