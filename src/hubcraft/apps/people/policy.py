"""Who may do what with accounts."""

from collections.abc import Sized

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


# More than anybody has programs; a list that is read at one look.
MOST_TOKENS = 20


def can_make_token(there: Sized) -> Verdict:
    """Whoever is signed in, for what they see themselves."""
    if len(there) < MOST_TOKENS:
        return allow()
    return refuse(_("You have twenty tokens already. Revoke one that no program uses any more."))


def can_write_with(may_write: bool) -> Verdict:
    """Whether a program may make something, or only read."""
    if may_write:
        return allow()
    return refuse(_("This token may only read. Make one that may write, on the page of your account."))
