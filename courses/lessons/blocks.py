"""The steps of a lesson for the editor: one block per kind, in one ordered list."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.foundation.blocks import (
    PACKAGE_RULES,
    SCORE_POLICIES,
    StepBlock,
    completion_rule,
)
from courses.lessons.rules import recording_seconds
from courses.quizzes.blocks import QuizBlock
from courses.runtimes.api import PackageChooserBlock

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]
RECORDING_TOO_LONG = 4 * 60 * 60


class TextStepBlock(StepBlock):
    body = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))
    completion = completion_rule("viewed", "declared")

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "courses/steps/text.html"


class ImageStepBlock(StepBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        max_length=250,
        label=_("What is in the picture"),
        help_text=_("Read aloud to those who do not see it."),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))
    completion = completion_rule("viewed", "declared")

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/steps/image.html"


class RecordingStepBlock(StepBlock):
    """A video or an audio: its length is found in the file, or typed."""

    endings: tuple[str, ...] = ()

    def clean(self, value):
        value = super().clean(value)
        ending = value["file"].filename.rpartition(".")[2].lower()
        if ending not in self.endings:
            allowed = ", ".join(f".{known}" for known in self.endings)
            sentence = _("This file does not play in a browser. Choose one of: %(allowed)s.")
            error = ValidationError(sentence % {"allowed": allowed})
            raise StructBlockValidationError(block_errors={"file": error})
        if not value["duration_seconds"]:
            with value["file"].file.open("rb") as recording:
                value["duration_seconds"] = recording_seconds(recording)
        if not value["duration_seconds"]:
            error = ValidationError(
                _("The length could not be found in the file. Type it, in seconds.")
            )
            raise StructBlockValidationError(block_errors={"duration_seconds": error})
        return value


def duration_field() -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=RECORDING_TOO_LONG,
        label=_("Length in seconds"),
        help_text=_("Leave empty for MP4 and M4A: it is found in the file."),
    )


class VideoStepBlock(RecordingStepBlock):
    endings = ("mp4", "webm", "m4v")

    file = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 plays everywhere."))
    captions = DocumentChooserBlock(
        required=False, label=_("Captions"), help_text=_("A WebVTT file (.vtt) in Russian.")
    )
    transcript = blocks.RichTextBlock(
        required=False, features=["bold", "italic", "ul"], label=_("Transcript")
    )
    poster = ImageChooserBlock(required=False, label=_("Picture before the start"))
    duration_seconds = duration_field()
    completion = completion_rule("watched", "declared", "viewed")

    class Meta:
        icon = "media"
        label = _("Video")
        template = "courses/steps/video.html"


class AudioStepBlock(RecordingStepBlock):
    endings = ("mp3", "m4a", "ogg", "wav")

    file = DocumentChooserBlock(label=_("Audio file"))
    transcript = blocks.RichTextBlock(
        required=False, features=["bold", "italic", "ul"], label=_("Transcript")
    )
    duration_seconds = duration_field()
    completion = completion_rule("watched", "declared", "viewed")

    class Meta:
        icon = "media"
        label = _("Audio")
        template = "courses/steps/audio.html"


class FileStepBlock(StepBlock):
    file = DocumentChooserBlock(label=_("File"))
    description = blocks.CharBlock(required=False, max_length=300, label=_("What is in it"))
    completion = completion_rule("viewed", "declared")

    class Meta:
        icon = "doc-full"
        label = _("File to download")
        template = "courses/steps/file.html"


class CalloutStepBlock(StepBlock):
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
    body = blocks.RichTextBlock(features=["bold", "italic", "ul", "link"], label=_("Text"))
    completion = completion_rule("viewed")

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "courses/steps/callout.html"


class ChecklistStepBlock(StepBlock):
    intro = blocks.CharBlock(required=False, max_length=300, label=_("Introduction"))
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=250, label=_("Item")), min_num=1, label=_("Items")
    )
    completion = completion_rule("declared")

    class Meta:
        icon = "tick-inverse"
        label = _("Checklist")
        template = "courses/steps/checklist.html"


class TaskStepBlock(StepBlock):
    instructions = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("What to do"))
    answer = blocks.ChoiceBlock(
        choices=[("text", _("A text")), ("file", _("A file")), ("both", _("A text or a file"))],
        default="text",
        label=_("What to hand in"),
    )
    completion = completion_rule("accepted", "submitted")

    class Meta:
        icon = "edit"
        label = _("Task for the teacher")
        template = "courses/steps/task.html"


class PackageStepBlock(StepBlock):
    """Interactive content made elsewhere: an H5P or a SCORM package."""

    package = PackageChooserBlock(label=_("Interactive content"))
    completion = completion_rule(
        "completed", "passed", "attempted", "viewed", "declared", words=PACKAGE_RULES
    )
    score_policy = blocks.ChoiceBlock(
        choices=list(SCORE_POLICIES.items()),
        default="highest",
        label=_("Which attempt counts"),
    )
    pass_percent = blocks.IntegerBlock(
        min_value=1,
        max_value=100,
        default=60,
        label=_("Pass mark, per cent"),
        help_text=_("Asked for where the step is complete when the content is passed."),
    )
    height = blocks.IntegerBlock(
        min_value=200,
        max_value=1600,
        default=480,
        label=_("Height in pixels"),
        help_text=_("Content that tells its height grows by itself."),
    )

    class Meta:
        icon = "pick"
        label = _("Interactive content")
        template = "courses/steps/package.html"
        settings_fields = ("score_policy", "pass_percent", "height")


class LessonStreamBlock(blocks.StreamBlock):
    """All that a lesson may hold."""

    text = TextStepBlock()
    image = ImageStepBlock()
    video = VideoStepBlock()
    audio = AudioStepBlock()
    file = FileStepBlock()
    callout = CalloutStepBlock()
    checklist = ChecklistStepBlock()
    quiz = QuizBlock()
    package = PackageStepBlock()
    task = TaskStepBlock()
