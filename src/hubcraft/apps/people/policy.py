"""Who may do what with accounts."""

from django.utils.translation import gettext as _

from hubcraft.apps.people.models import Person
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_have_account_page(person: Person | None) -> Verdict:
    """Whoever is signed in sees their own account, and nobody else's."""
    if person is not None:
        return allow()
    return refuse(_("Sign in first."))


def can_administer(person) -> Verdict:
    """The administrator looks after the installation; what hubs say is not theirs to read."""
    if person.is_administrator:
        return allow()
    return refuse(_("Only an administrator of this installation can do this."))


def can_end_administrator(administrators: int) -> Verdict:
    """Somebody always looks after the installation."""
    if administrators > 1:
        return allow()
    return refuse(_("This is the last administrator. Make another person one first."))


def can_forget_second_step(by: Person, person: Person) -> Verdict:
    """An administrator takes away the second step that somebody else has lost; their own they remove on their account."""
    if not by.is_administrator:
        return refuse(_("Only an administrator of this installation can do this."))
    if by.id == person.id:
        return refuse(_("Your own passkeys and your app you remove on the page of your account."))
    return allow()
