"""Decisions of the front rooms without a database: how a reader wants pages to look."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

CHOICES = {
    "scheme": ("", "light", "dark", "white", "black", "blue"),
    "size": ("1", "2", "3"),
    "spacing": ("1", "2", "3"),
    "images": ("on", "off"),
}
HIGH_CONTRAST = frozenset({"white", "black", "blue"})
SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """How one reader sees pages; the defaults are the usual look, by the system's scheme."""

    scheme: str = ""
    size: str = "1"
    spacing: str = "1"
    images: str = "on"

    @classmethod
    def from_cookie(cls, value: str) -> "ViewSettings":
        """The settings that ``as_cookie`` wrote; whatever is not understood is the default."""
        names = [field.name for field in fields(cls)]
        return cls().changed(dict(zip(names, value.split(SEPARATOR), strict=False)))

    def as_cookie(self) -> str:
        return SEPARATOR.join((self.scheme, self.size, self.spacing, self.images))

    def changed(self, wishes: Mapping[str, str]) -> "ViewSettings":
        """These settings with the known ``wishes`` followed and all others left aside."""
        known = {
            name: wishes[name] for name, values in CHOICES.items() if wishes.get(name) in values
        }
        return replace(self, **known)

    @property
    def is_special(self) -> bool:
        """Whether this is the version for the visually impaired, not merely light or dark."""
        plain = ViewSettings(scheme=self.scheme)
        return self.scheme in HIGH_CONTRAST or self != plain


USUAL_LOOK = ViewSettings()
SPECIAL_LOOK = ViewSettings(scheme="white", size="2")
