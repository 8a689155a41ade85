"""The tables of the front rooms: two kinds of pages and two settings of a site."""

from home.models.identity import MenuItem, SiteIdentity, SiteMenu
from home.models.pages import HomePage, PlainPage

__all__ = ["HomePage", "MenuItem", "PlainPage", "SiteIdentity", "SiteMenu"]
