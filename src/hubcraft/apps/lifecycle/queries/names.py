"""What somebody with an account is called on the pages of a hub: and nobody by nothing."""

from hubcraft.apps.people.models import Person


def name_here(person: Person | None) -> str:
    """Empty for nobody."""
    return str(person) if person is not None else ""
