"""What the site sets up for itself."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow

EDITORS = "Редакторы"
AUTHORS = "Авторы"
APPROVAL = "Проверка редактором"

EDITORS_OF_WAGTAIL = "Moderators"
AUTHORS_OF_WAGTAIL = "Editors"
APPROVAL_OF_WAGTAIL = "Moderators approval"

KEPT_BY_EDITORS = {
    "opora_courses": ["topic"],
    "opora_people": ["organisation", "teacher"],
    "opora_runtimes": ["package"],
    "home": ["siteidentity", "sitemenu"],
    "wagtailredirects": ["redirect"],
}
"""Tables beside the pages that editors keep, by app label."""


@transaction.atomic
def make_roles() -> tuple[Group, Group]:
    """Make the groups of authors and of editors, in this order; running it again mends them.

    They are Wagtail's own two groups under Russian names, with its workflow between them: authors
    write drafts and hand them in, editors publish, lock pages and keep topics, teachers,
    organisations, interactive content, the menu and redirects. Rights that somebody added by hand
    stay.
    """
    authors = _renamed(AUTHORS_OF_WAGTAIL, AUTHORS)
    editors = _renamed(EDITORS_OF_WAGTAIL, EDITORS)
    authors.permissions.add(_permission("wagtailadmin", "access_admin"))
    editors.permissions.add(_permission("wagtailadmin", "access_admin"), *_kept_by_editors())
    _allow_on_all_pages(authors, "add", "change")
    _allow_on_all_pages(editors, "add", "change", "publish", "bulk_delete", "lock", "unlock")
    for kind in (Workflow, GroupApprovalTask):
        kind.objects.filter(name=APPROVAL_OF_WAGTAIL).update(name=APPROVAL)
    return authors, editors


def _renamed(name_in_wagtail: str, name: str) -> Group:
    if not Group.objects.filter(name=name).exists():
        Group.objects.filter(name=name_in_wagtail).update(name=name)
    return Group.objects.get_or_create(name=name)[0]


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _kept_by_editors() -> Iterable[Permission]:
    kept = Q()
    for app_label, models in KEPT_BY_EDITORS.items():
        kept |= Q(content_type__app_label=app_label, content_type__model__in=models)
    return Permission.objects.filter(kept)


def _allow_on_all_pages(group: Group, *actions: str) -> None:
    root = Page.get_first_root_node()
    for action in actions:
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=_permission("wagtailcore", f"{action}_page")
        )
