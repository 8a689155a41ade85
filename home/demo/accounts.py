"""The accounts of the demonstration. Everybody knows these passwords: demo mode only."""

from dataclasses import dataclass

from home.demo.content import contents

DEMO_PASSWORD = "opora-demo"  # noqa: S105
DEMO_PIN = "2580"
EXTRA_LEARNERS = "learner"
"""User names that begin so fill the teacher's table; nobody needs to sign in with them."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``secret`` is an adult's password or a child's PIN."""

    user_name: str
    secret: str
    role: str
    name: str


def secret_of(role: str) -> str:
    """The password of an adult or the PIN of a child."""
    return DEMO_PIN if role == "child" else DEMO_PASSWORD


def demo_accounts() -> list[DemoAccount]:
    """The accounts worth showing to a newcomer, in the order of the content file."""
    return [
        DemoAccount(person["login"], secret_of(person["role"]), person["role"], person["name"])
        for person in contents("people")["people"]
        if not person["login"].startswith(EXTRA_LEARNERS)
    ]
