"""What the player's page shows and knows."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from courses.runtimes.delivery.queries import site_origin
from courses.runtimes.launches.models import Launch
from courses.runtimes.scorm.core import sequencing_settings
from courses.runtimes.scorm.errors import PlayerMissing
from courses.runtimes.scorm.queries import left_off, manifest_of
from courses.runtimes.scorm.rules import first_item, menu_of

PLAYER = "vendor/scorm-again/"
"""scorm-again, which comes from npm."""

WORDS = {
    "new": _("Not begun"),
    "started": _("Begun"),
    "done": _("Done"),
    "failed": _("Not passed"),
    "locked": _("Opens later"),
    "offline": _(
        "There is no connection. What you do is kept on this page and is sent as soon as the "
        "connection is back: do not close it."
    ),
    "unopened": _("There is no connection, so this part did not open. Try again in a minute."),
    "refused": _("The last answers were not saved. Open the lesson again."),
    "closed": _("This part is not open now. Choose another one."),
    "choose": _("Choose a part to begin with."),
}
"""What the page's script says."""


def player_context(launch: Launch) -> dict[str, Any]:
    """The context of the player's page.

    Raises:
        ContentMissing: the version plays no SCORM.
        PlayerMissing: the site has no scorm-again.
    """
    manifest = manifest_of(launch)
    left = left_off(launch.attempt or launch.shown)
    menu = menu_of(manifest, left.states, all_open=launch.attempt is None)
    launchable = [line for line in menu if not line.is_heading]
    sequencing = sequencing_settings(manifest)
    return {
        "title": manifest.title or launch.version.package.title,
        "menu": [line for line in menu if line.item.is_visible],
        "has_menu": len(launchable) > 1,
        "data": {
            "is2004": manifest.version.is_2004,
            "library": _library(is_2004=manifest.version.is_2004),
            "site": site_origin(),
            "items": [
                {
                    "id": line.id,
                    "title": line.item.title,
                    "status": line.status,
                    "open": line.is_open,
                }
                for line in launchable
            ],
            "words": {name: str(word) for name, word in WORDS.items()},
            "first": first_item(menu, left.visited),
            "sequencing": sequencing,
            "sequencingState": left.sequencing if sequencing else "",
        },
    }


def _library(*, is_2004: bool) -> str:
    try:
        return static(PLAYER + ("scorm2004.min.js" if is_2004 else "scorm12.min.js"))
    except ValueError as error:
        raise PlayerMissing from error
