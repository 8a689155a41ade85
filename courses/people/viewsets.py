"""Teachers and organisations in the admin, and the windows to choose them in."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from courses.people.forms import TeacherForm
from courses.people.models import Organisation, Teacher


class TeacherIndexView(IndexView):
    add_item_label = _("Add a teacher")


class OrganisationIndexView(IndexView):
    add_item_label = _("Add an organisation")


class TeacherViewSet(ModelViewSet):
    model = Teacher
    icon = "user"
    name = "teachers"
    menu_label = _("Teachers")
    list_display = ["name", "position", "organisation"]
    list_filter = ["organisation"]
    index_view_class = TeacherIndexView
    search_fields = ["name", "position"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("position"),
            FieldPanel("organisation"),
            FieldPanel("photo"),
            FieldPanel("about", help_text=_("A sentence or two that parents will read.")),
            FieldPanel("user_name"),
        ],
        base_form_class=TeacherForm,
    )


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "home"
    name = "organisations"
    menu_label = _("Organisations")
    list_display = ["short_name", "name", "settlement"]
    index_view_class = OrganisationIndexView
    search_fields = ["short_name", "name", "settlement"]
    copy_view_enabled = False
    panels = [
        FieldPanel("short_name", help_text=_("As on cards: “Mayak”.")),
        FieldPanel("name"),
        FieldPanel("settlement"),
    ]


class TeacherChooser(ChooserViewSet):
    model = Teacher
    name = "choose_teacher"
    icon = "user"
    choose_one_text = _("Choose a teacher")
    choose_another_text = _("Choose another teacher")
    edit_item_text = _("Edit this teacher")
    creation_tab_label = _("New teacher")
    create_action_label = _("Create")
    form_fields = ["name", "position", "organisation"]


class OrganisationChooser(ChooserViewSet):
    model = Organisation
    name = "choose_organisation"
    icon = "home"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
    creation_tab_label = _("New organisation")
    create_action_label = _("Create")
    form_fields = ["short_name", "name", "settlement"]
