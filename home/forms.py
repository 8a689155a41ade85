"""Forms of the front rooms."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """A user name and a password; for a child the password may be a PIN."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The name and the password do not fit together. Check both: capital and small letters "
            "differ. If it still does not work, ask the teacher for a new password."
        ),
        "inactive": _("This account is closed. Write to the centre if that is a mistake."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password or PIN")
        self.fields["username"].error_messages["required"] = _("Write your user name.")
        self.fields["password"].error_messages["required"] = _("Write your password or PIN.")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        self.fields["username"].widget.attrs.update(
            {"autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["password"].widget = forms.PasswordInput(
            attrs={**self.fields["password"].widget.attrs, "autocomplete": "current-password"}
        )
