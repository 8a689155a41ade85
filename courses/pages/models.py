"""Course → module → lesson as a tree of Wagtail pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from courses.catalogue.models import Course, CourseFacts
from courses.foundation.fields import LessonStreamField
from courses.foundation.generations import generation_of
from courses.lessons.blocks import LessonStreamBlock
from courses.lessons.rules import AddedPolicy, Change
from courses.pages.queries import (
    Programme,
    catalogue_view,
    course_view,
    player_address,
    programme_of,
    view_restrictions_of,
)

BODY_KEPT_SECONDS = 600
"""How long what a course page shows to every reader alike is kept rendered."""


class CourseIndexPage(Page):
    """The catalogue: facets are links, so that a choice can be shared."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["opora_pages.CoursePage"]
    template = "courses/pages/course_index_page.html"

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        pages = CoursePage.objects.child_of(self).live().public()
        context["catalogue"] = catalogue_view(pages, request.GET, request.user, at=timezone.now())
        return context


class AddedSteps(models.TextChoices):
    """The policies of :class:`courses.lessons.rules.AddedPolicy` that an editor chooses from."""

    OPTIONAL_FOR_ACTIVE = (
        AddedPolicy.OPTIONAL_FOR_ACTIVE,
        _("optional for those already inside"),
    )
    REQUIRED_FOR_NEW = (
        AddedPolicy.REQUIRED_FOR_NEW,
        _("required for those who have not begun"),
    )
    REQUIRED_FOR_ALL_UNFINISHED = (
        AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED,
        _("required for everybody who has not finished"),
    )


class ChangedSteps(models.TextChoices):
    """The kinds of :class:`courses.lessons.rules.Change` that an editor chooses from."""

    MINOR = Change.MINOR, _("a small change: mistakes, clearer words")
    MAJOR = Change.MAJOR, _("a large change: learners keep what they did and see “updated”")
    REDO_UNFINISHED = (
        Change.REDO_UNFINISHED,
        _("a large change: who has not finished the course does these steps again"),
    )
    REDO_ALL = (
        Change.REDO_ALL,
        _("a large change: everybody does these steps again, finished courses are opened"),
    )


class CoursePage(CourseFacts, Page):
    """Presents one course. ``course`` is the row that learners' records know it by."""

    course = models.ForeignKey(
        Course,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="pages",
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("cover"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Without one the cover is drawn from the title and the topic."),
    )
    goals = models.TextField(_("goals"), blank=True, help_text=_("One to a line."))
    about = RichTextField(
        _("about the course"), blank=True, features=["h3", "bold", "italic", "ul", "ol", "link"]
    )
    needs_at_home = models.TextField(_("what is needed at home"), blank=True)
    data_kept = models.TextField(_("what data is kept"), blank=True)
    added_steps = models.CharField(
        _("steps added to a running course are"),
        max_length=30,
        choices=AddedSteps.choices,
        default=AddedSteps.OPTIONAL_FOR_ACTIVE,
    )

    parent_page_types = ["opora_pages.CourseIndexPage"]
    subpage_types = ["opora_pages.ModulePage"]
    template = "courses/pages/course_page.html"
    exclude_fields_in_copy = ["course"]
    wrong_place = _("A course stands in the catalogue. Open the catalogue and add it there.")

    search_fields = [
        *Page.search_fields,
        index.SearchField("promise"),
        index.SearchField("goals"),
        index.SearchField("about"),
    ]
    content_panels = [
        HelpPanel(template="courses/admin/course_state.html"),
        *Page.content_panels,
        FieldPanel("promise"),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel(
                    [FieldPanel("age_from"), FieldPanel("age_to"), FieldPanel("age_mark")]
                ),
                FieldPanel("topic"),
                FieldPanel("hours"),
                FieldPanel("is_open_reading"),
            ],
            heading=_("For whom"),
        ),
        MultiFieldPanel(
            [FieldPanel("teacher"), FieldPanel("organisation")], heading=_("Who teaches")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("enrolment_opens_on"), FieldPanel("enrolment_closes_on")]
                ),
                FieldPanel("added_steps"),
            ],
            heading=_("Enrolment and changes"),
        ),
        FieldPanel("cover"),
        FieldPanel("goals"),
        FieldPanel("about"),
        MultiFieldPanel(
            [FieldPanel("needs_at_home"), FieldPanel("data_kept")], heading=_("For parents")
        ),
    ]
    programme_panels = [HelpPanel(template="courses/admin/programme.html")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @cached_property
    def programme(self) -> Programme | None:
        """The programme for the editor; ``None`` while the page is new."""
        return programme_of(self) if self.pk is not None else None

    @property
    def goal_list(self) -> list[str]:
        return [goal.strip() for goal in self.goals.splitlines() if goal.strip()]

    def with_content_json(self, content):
        """A draft never decides which course it presents: the live page knows."""
        page = super().with_content_json(content)
        page.course_id = self.course_id
        return page

    def clean(self) -> None:
        super().clean()
        self.refuse_impossible_facts()

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        context["course_view"] = course_view(
            self,
            request.user,
            at=timezone.now(),
            is_preview=is_preview,
            lesson_addresses=lambda: self.lesson_addresses(request),
        )
        # Without seconds nothing is kept, and so nothing is found under a draft's name.
        context["kept_seconds"] = 0 if is_preview else BODY_KEPT_SECONDS
        context["generation"] = "draft" if is_preview else generation_of(request)
        return context

    def get_view_restrictions(self):
        """The restrictions on this page and those above it; read once by what only loops."""
        return self._view_restrictions

    @cached_property
    def _view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return super().get_view_restrictions() if self.alias_of_id else view_restrictions_of(self)

    def lesson_addresses(self, request: HttpRequest) -> dict[str, str]:
        """The addresses of the live lesson pages, by lesson uid."""
        lessons = LessonPage.objects.descendant_of(self).live()
        return {lesson.uid: lesson.get_url(request) for lesson in lessons}


class ModulePage(Page):
    """A chapter of a course: a title and its lessons."""

    parent_page_types = ["opora_pages.CoursePage"]
    subpage_types = ["opora_pages.LessonPage"]
    wrong_place = _(
        "A module stands in a course. Open a course and add or choose the module there."
    )

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request: HttpRequest, *_args, **_kwargs) -> HttpResponseBase:
        """A module has no page of its own: the course page shows it in its programme."""
        return redirect(self.get_parent().get_url(request) or "/")


class LessonPage(Page):
    """A lesson: steps in one ordered list, and three sentences for the family."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, help_text=_("For children of 9–12 not more than 25.")
    )
    can_now = models.CharField(
        _("can now"),
        max_length=200,
        blank=True,
        help_text=_(
            "What the learner can do after the lesson, as an infinitive: "
            "“make up a password that is hard to guess”. Parents read it."
        ),
    )
    ask_at_home = models.CharField(
        _("ask at home"),
        max_length=250,
        blank=True,
        help_text=_("A question for a parent to ask at supper."),
    )
    look_together = models.CharField(
        _("look at together"),
        max_length=250,
        blank=True,
        help_text=_("What to look at or try together at home."),
    )
    available_from = models.DateTimeField(
        _("opens at"),
        null=True,
        blank=True,
        help_text=_("Empty: open at once. Who has begun the lesson keeps it."),
    )
    steps = LessonStreamField(LessonStreamBlock(), verbose_name=_("steps"))
    change = models.CharField(
        _("what this publishing means for changed steps"),
        max_length=20,
        choices=ChangedSteps.choices,
        default=ChangedSteps.MINOR,
        help_text=_("It holds for this publishing only, and for steps whose content has changed."),
    )
    change_reason = models.CharField(
        _("why"),
        max_length=300,
        blank=True,
        help_text=_("Who has to do a step again reads it, and so do the parents."),
    )

    parent_page_types = ["opora_pages.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/pages/lesson_page.html"
    wrong_place = _(
        "A lesson stands in a module of a course. Open a module and add the lesson there; "
        "if the course has none yet, add a module first."
    )

    search_fields = [*Page.search_fields, index.SearchField("steps")]
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("available_from")]),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("can_now"), FieldPanel("ask_at_home"), FieldPanel("look_together")],
            heading=_("For the family"),
        ),
        MultiFieldPanel(
            [FieldPanel("change"), FieldPanel("change_reason")],
            heading=_("For those who did these steps before"),
        ),
    ]
    exclude_fields_in_copy = ["change", "change_reason"]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        super().clean()
        asks_again = self.change in {ChangedSteps.REDO_UNFINISHED, ChangedSteps.REDO_ALL}
        if asks_again and not self.change_reason.strip():
            sentence = _("Say in a few words why: learners who do the steps again will read it.")
            raise ValidationError({"change_reason": sentence})

    @property
    def uid(self) -> str:
        """The lesson's identity in outlines: outlives renaming and moving."""
        return str(self.translation_key)

    @property
    def course_page(self) -> CoursePage:
        """The course that the lesson belongs to, two levels up."""
        return CoursePage.objects.select_related("course").ancestor_of(self).get()

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Learners go to the player; visitors read, where the course is open for reading."""
        course_page = self.course_page
        address = player_address(self, request.user, course=course_page.course)
        if address is not None:
            return redirect(address)
        if not (course_page.live and course_page.is_open_reading):
            return redirect(course_page.get_url(request) or "/")
        return super().serve(request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, _mode_name: str) -> HttpResponseBase:
        """The draft as a learner reads it, all steps on one page, untracked."""
        return super().serve(request)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["course_page"] = self.course_page
        return context
