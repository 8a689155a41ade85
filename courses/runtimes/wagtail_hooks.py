"""What Wagtail's admin finds of the runtimes: each part keeps its own viewsets."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from courses.runtimes.h5p.viewsets import LibraryViewSet
from courses.runtimes.packages.viewsets import PackageChooserViewSet
from courses.runtimes.viewsets import PackageViewSet


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet]:
    return [PackageViewSet(), PackageChooserViewSet(), LibraryViewSet()]
