"""Topics in the admin: a tree shown as an indented list."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.catalogue.forms import TopicForm
from courses.catalogue.models import Topic


class IndentedName(TitleColumn):
    """The name of a topic, as far in as it lies deep."""

    def get_value(self, instance: Topic) -> SafeString:
        return format_html('<span class="opora-depth-{}">{}</span>', instance.depth, instance.name)


class TopicIndexView(IndexView):
    add_item_label = gettext_lazy("Add a topic")

    @property
    def columns(self) -> list[Column]:
        return [
            IndentedName("name", label=_("Name"), get_url=self.get_edit_url),
            Column("sign", label=_("Sign"), accessor="get_sign_display"),
            Column("slug", label=_("Address")),
        ]


class TopicDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            sentence = _(
                "“%(topic)s” is still the topic of courses. Give them another one, then delete it."
            )
            messages.error(self.request, sentence % {"topic": self.object})
            return redirect(self.index_url_name)


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "list-ul"
    name = "topics"
    menu_label = gettext_lazy("Topics")
    ordering = "path"
    list_per_page = 200
    copy_view_enabled = False
    index_view_class = TopicIndexView
    delete_view_class = TopicDeleteView
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder=gettext_lazy("Name")),
            FieldPanel("slug", help_text=gettext_lazy("Latin letters, as in links: robotics.")),
            MultiFieldPanel(
                [FieldPanel("position"), FieldPanel("neighbour")],
                heading=gettext_lazy("Place in the tree"),
                help_text=gettext_lazy(
                    "Focus areas stand at the top, directions below them. "
                    "Change the place to move a topic with all that is below it."
                ),
            ),
            FieldPanel(
                "sign",
                help_text=gettext_lazy(
                    "Colour and picture on cards and covers. "
                    "A direction without one takes that of its focus area."
                ),
            ),
        ],
        base_form_class=TopicForm,
    )
