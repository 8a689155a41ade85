from django.utils.translation import gettext_lazy as _


class LaunchRefusal(Exception):
    """A launch was refused; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("This cannot be opened.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotReady(LaunchRefusal):
    code = "not_ready"
    sentence = _("This content is not ready yet. Go on with the next step and come back later.")


class LaunchExpired(LaunchRefusal):
    """No launch has this token, or its hours are over."""

    code = "launch_expired"
    sentence = _("This page has been open for too long. Go back to the lesson and open it again.")
