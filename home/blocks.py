"""The blocks of the front page and of plain pages: one StreamBlock class per place."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class DoorBlock(blocks.StructBlock):
    """A big way in for one kind of reader; leads to ``page`` or, without one, to ``address``."""

    reader = blocks.ChoiceBlock(
        choices=[
            ("children", _("Children")),
            ("parents", _("Parents")),
            ("teachers", _("Teachers")),
        ],
        label=_("For whom"),
        help_text=_("Chooses the picture of the door."),
    )
    title = blocks.CharBlock(max_length=60, label=_("Title"))
    text = blocks.TextBlock(max_length=240, label=_("Text"))
    label = blocks.CharBlock(max_length=40, label=_("Words on the button"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Address"),
        help_text=_("Used when no page is chosen, for example /courses/?audience=child"),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("address"):
            problem = ValidationError(_("Choose a page or write an address."))
            raise blocks.StructBlockValidationError(block_errors={"page": problem})
        return cleaned

    class Meta:
        icon = "home"
        label = _("Door")


class DoorsBlock(blocks.StreamBlock):
    door = DoorBlock()

    class Meta:
        max_num = 3


class PointBlock(blocks.StructBlock):
    """One step of «how it works» or one promise: a short title and a sentence or two."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.TextBlock(max_length=300, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Point")


class PointsBlock(blocks.StreamBlock):
    point = PointBlock()

    class Meta:
        max_num = 6


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("What is in the picture"),
        help_text=_(
            "A sentence for those who do not see the picture. Empty if it is only a decoration."
        ),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("remember", _("Remember")),
            ("careful", _("Careful")),
            ("try", _("Try it")),
        ],
        default="note",
        label=_("Tone"),
    )
    text = blocks.RichTextBlock(features=["bold", "italic", "ul", "link"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "home/blocks/callout.html"


class FileBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("File"))
    description = blocks.CharBlock(required=False, max_length=250, label=_("Description"))

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "home/blocks/file.html"


class PlainBodyBlock(blocks.StreamBlock):
    """The body of a plain page, top to bottom."""

    heading = blocks.CharBlock(
        max_length=120, icon="title", label=_("Heading"), template="home/blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, icon="pilcrow", label=_("Text"), template="home/blocks/text.html"
    )
    picture = PictureBlock()
    callout = CalloutBlock()
    file = FileBlock()
