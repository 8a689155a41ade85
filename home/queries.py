"""What the chrome and the front page read."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from courses.people.api import roles_of
from home.models import MenuItem, SiteIdentity


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands round every page of a site: its name, contacts and links."""

    name: str
    tagline: str
    organisation: str
    municipality: str
    phone: str
    email: str
    address: str
    hours: str
    age_mark: str
    header: tuple[Link, ...]
    footer: tuple[Link, ...]

    @property
    def addresses(self) -> set[str]:
        """The addresses that the header marks as the page where the reader is."""
        return {"/", *(link.address for link in self.header)}


def chrome_of(site: Site | None) -> Chrome:
    """The chrome of ``site``; without a site, the defaults and no links."""
    identity = SiteIdentity.for_site(site) if site else SiteIdentity()
    items = MenuItem.objects.filter(menu__site=site).filter(
        Q(page__isnull=True) | Q(page__live=True)
    )
    links: dict[str, list[Link]] = {place: [] for place in MenuItem.Place.values}
    for item in items.select_related("page").order_by("sort_order"):
        address = item.page.url if item.page else item.address
        if address:
            links[item.place].append(Link(item.label, address))
    return Chrome(
        name=identity.name,
        tagline=identity.tagline,
        organisation=identity.organisation,
        municipality=identity.municipality,
        phone=identity.phone,
        email=identity.email,
        address=identity.address,
        hours=identity.hours,
        age_mark=identity.age_mark,
        header=tuple(links[MenuItem.Place.HEADER]),
        footer=tuple(links[MenuItem.Place.FOOTER]),
    )


def landing_for(user) -> str:
    """The address of the room where ``user`` works: after signing in everyone goes there."""
    roles = roles_of(user, at=timezone.now())
    if roles.is_child:
        return reverse("courses:my")
    if roles.is_teacher:
        return reverse("courses:teaching")
    if user.has_perm("wagtailadmin.access_admin"):
        return reverse("wagtailadmin_home")
    if roles.is_guardian:
        return reverse("courses:family")
    return reverse("courses:my")
