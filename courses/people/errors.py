from django.utils.translation import gettext_lazy as _


class PeopleRefusal(Exception):
    """Something about people was refused; ``sentence`` says why and what to do next."""

    code = "refused"
    sentence = _("That cannot be done.")


class WeakPin(PeopleRefusal):
    code = "weak_pin"
    sentence = _("A PIN is four to eight digits, not all the same. Think of another one.")


class UserNameTaken(PeopleRefusal):
    code = "user_name_taken"
    sentence = _("This user name is taken. Add a digit or choose another one.")
