"""The window in which an editor chooses interactive content for a lesson."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.runtimes.packages.models import Package


class KindShown:
    """Tells the kind of each package beside its title."""

    title_column: Column

    @property
    def columns(self) -> list[Column]:
        kind = Column("kind", label=_("Kind"), accessor="get_kind_display")
        return [self.title_column, kind]


class PackageChooseView(KindShown, ChooseView):
    pass


class PackageChooseResultsView(KindShown, ChooseResultsView):
    pass


class PackageChooserViewSet(ChooserViewSet):
    """Without a form for new content: it has to be imported before it can be chosen."""

    name = "choose_package"
    model = Package
    icon = "pick"
    page_title = choose_one_text = _("Choose interactive content")
    choose_view_class = PackageChooseView
    choose_results_view_class = PackageChooseResultsView

    def get_object_list(self) -> QuerySet[Package]:
        return Package.objects.playable()
