from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with a user name; an e-mail address is never required."""

    is_demo = models.BooleanField(
        _("demo account"),
        default=False,
        help_text=_("Made for the demonstration; production refuses to start with such accounts."),
    )
