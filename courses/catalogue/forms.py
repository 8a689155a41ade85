"""The editor's forms of the catalogue."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override

from courses.catalogue.models import Topic
from courses.catalogue.operations import Position, place_of, place_topic

INDENT = "\u2003"


class TopicChoiceField(forms.ModelChoiceField):
    """A choice of a topic in the order of the tree, each as far in as it lies deep."""

    def label_from_instance(self, topic: Topic) -> str:
        return f"{INDENT * (topic.depth - 1)}{topic}"


register_form_field_override(models.ForeignKey, to=Topic, override={"form_class": TopicChoiceField})


class TopicForm(WagtailAdminModelForm):
    """A topic and its place in the tree."""

    instance: Topic

    position = forms.ChoiceField(
        label=_("Place"),
        choices=[
            (Position.LAST, _("Below the topic, the last one")),
            (Position.FIRST, _("Below the topic, the first one")),
            (Position.AFTER, _("Beside the topic, right after it")),
        ],
        initial=Position.LAST,
    )
    neighbour = TopicChoiceField(
        label=_("Which topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("None: among the focus areas"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign"].required = False
        topics = Topic.objects.all()
        if self.instance.pk is not None:
            topics = topics.exclude(path__startswith=self.instance.path)
            self.initial["position"], self.initial["neighbour"] = place_of(self.instance)
        self.fields["neighbour"].queryset = topics

    def clean(self) -> dict[str, Any]:
        """A direction takes the sign of its focus area where it has none of its own."""
        data = super().clean()
        neighbour = data.get("neighbour")
        if neighbour is None and data.get("position") == Position.AFTER:
            self.add_error("neighbour", _("Say after which topic."))
        if not data.get("sign"):
            if neighbour is None:
                self.add_error("sign", _("A focus area has a sign: choose one."))
            else:
                data["sign"] = self.instance.sign = neighbour.sign
        return data

    def save(self, commit: bool = True) -> Any:  # noqa: ARG002  the tree knows only saved topics
        position = Position(self.cleaned_data["position"])
        place = (position, self.cleaned_data["neighbour"])
        self.instance = place_topic(topic=self.instance, place=place)
        return self.instance
