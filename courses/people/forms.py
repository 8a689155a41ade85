"""The editor's forms about people."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from courses.people.models import Teacher
from courses.people.queries import child_of


class TeacherForm(WagtailAdminModelForm):
    """A teacher's card; the account is named, not picked from a list of everybody."""

    user_name = forms.CharField(
        label=_("User name"),
        required=False,
        help_text=_(
            "The account this person signs in with and sees their courses. "
            "Without it the card is only shown."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user is not None:
            self.initial["user_name"] = self.instance.user.get_username()

    def clean_user_name(self) -> str:
        """Find the account.

        Raises:
            ValidationError: nobody has this name, it is a child's, or another teacher's.
        """
        user_name = self.cleaned_data["user_name"].strip()
        self.instance.user = self._account(user_name) if user_name else None
        return user_name

    def _account(self, user_name: str) -> Any:
        accounts = get_user_model()._default_manager
        account = accounts.filter(**{accounts.model.USERNAME_FIELD: user_name}).first()
        if account is None:
            raise forms.ValidationError(
                _("Nobody signs in with this name. Make the account first: Settings, Users.")
            )
        if child_of(account) is not None:
            raise forms.ValidationError(_("This is a child's account. Name an adult's."))
        if Teacher.objects.filter(user=account).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another teacher's card has this account already."))
        return account
