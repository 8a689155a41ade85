"""What Wagtail's admin finds of the courses: each part keeps its own viewsets."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSetGroup

from courses.catalogue.viewsets import TopicViewSet
from courses.people.viewsets import (
    OrganisationChooser,
    OrganisationViewSet,
    TeacherChooser,
    TeacherViewSet,
)


class LearningGroup(ModelViewSetGroup):
    """The menu “Learning”; other apps add to it by the hook ``register_learning_menu_item``."""

    items = (TopicViewSet, TeacherViewSet, OrganisationViewSet)
    menu_label = _("Learning")
    menu_name = "learning"
    menu_icon = "openquote"
    menu_order = 150
    submenu_hook = "register_learning_menu_item"


@hooks.register("register_admin_viewset")
def learning_group() -> LearningGroup:
    return LearningGroup()


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    return [TeacherChooser(), OrganisationChooser()]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("courses/admin/admin.css"))
