"""Wagtail's forms about pages, where courses have something to add."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class CourseTreeCopyForm(CopyForm):
    """Says where a copied course, module or lesson may stand."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        page_class = self.page.specific_class
        parent = self.cleaned_data.get("new_parent_page")
        if parent is not None and not page_class.can_exist_under(parent):
            self._errors["new_parent_page"] = self.error_class([page_class.wrong_place])
        return data
